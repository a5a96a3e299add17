using BuildFunctions.Broker.Providers.Circuits;

namespace BuildFunctions.Broker.Tests.Providers;

public sealed class CircuitTests
{
    private readonly SetClock _clock = new();
    private readonly List<bool> _told = [];
    private readonly Circuit _circuit;

    public CircuitTests() => _circuit = new Circuit(new CircuitOptions(), _clock, view => _told.Add(view.Open));

    [Fact]
    public void Five_failures_in_half_a_minute_open_it_and_slower_ones_do_not()
    {
        Fail(4);
        _clock.Move(31);
        Fail(4);
        Assert.False(_circuit.View.Open);

        Fail(1);

        Assert.True(_circuit.View.Open);
        Assert.Equal(TimeSpan.FromSeconds(30), _circuit.Enter());
    }

    [Fact]
    public void One_call_at_a_time_is_let_through_and_an_answer_closes_it()
    {
        Fail(5);
        _clock.Move(30);

        Assert.Equal(TimeSpan.Zero, _circuit.Enter());
        Assert.True(_circuit.Enter() > TimeSpan.Zero);
        _circuit.Answered();

        Assert.Equal((false, 0, null), (_circuit.View.Open, _circuit.View.Failures, _circuit.View.Reason));
        Assert.Equal(TimeSpan.Zero, _circuit.Enter());
    }

    [Fact]
    public void Opening_and_closing_are_told_once_each()
    {
        Fail(7);
        _clock.Move(30);
        _circuit.Enter();
        Fail(1);
        _clock.Move(30);
        _circuit.Enter();
        _circuit.Answered();
        _circuit.Answered();

        Assert.Equal([true, false], _told);
    }

    [Fact]
    public void A_provider_that_says_when_to_come_back_is_not_asked_before()
    {
        Fail(4);
        _circuit.Failed("quota", TimeSpan.FromMinutes(10));
        _clock.Move(599);

        Assert.Equal(TimeSpan.FromSeconds(1), _circuit.Enter());
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _circuit.Failed("down", retryAfter: null);
        }
    }
}
