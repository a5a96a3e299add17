using System.IO.Pipelines;
using BuildFunctions.Functions.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace BuildFunctions.Functions.Tests.Limits;

public sealed class SteadyBodyTests
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly Pipe _sender = new();
    private readonly byte[] _buffer = new byte[4096];

    [Fact]
    public async Task A_sender_that_stays_silent_is_given_up_when_its_grace_is_over()
    {
        await using var body = Body();
        var read = body.ReadAsync(_buffer).AsTask();
        _clock.Advance(_grace - TimeSpan.FromSeconds(1));
        Assert.False(read.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(StatusCodes.Status408RequestTimeout, (await Assert.ThrowsAsync<BadHttpRequestException>(() => read)).StatusCode);
    }

    [Fact]
    public async Task What_has_come_earns_more_time()
    {
        await using var body = Body(bytesPerSecond: 100);
        await SendAsync(1000);
        Assert.Equal(1000, await body.ReadAsync(_buffer));
        var read = body.ReadAsync(_buffer).AsTask();
        _clock.Advance(_grace + TimeSpan.FromSeconds(9));
        Assert.False(read.IsCompleted);
        await SendAsync(1);

        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task Bytes_that_trickle_do_not_earn_enough()
    {
        await using var body = Body(bytesPerSecond: 100);
        var given = await Assert.ThrowsAsync<BadHttpRequestException>(async () =>
        {
            for (var second = 0; second < 60; second++)
            {
                var read = body.ReadAsync(_buffer).AsTask();
                _clock.Advance(TimeSpan.FromSeconds(1));
                await SendAsync(1);
                await read;
            }
        });

        Assert.Equal(StatusCodes.Status408RequestTimeout, given.StatusCode);
    }

    [Fact]
    public async Task The_time_that_the_reader_takes_does_not_count()
    {
        await using var body = Body();
        await SendAsync(1);
        Assert.Equal(1, await body.ReadAsync(_buffer));
        _clock.Advance(TimeSpan.FromHours(1));
        await SendAsync(2);

        Assert.Equal(2, await body.ReadAsync(_buffer));
    }

    [Fact]
    public async Task A_body_of_the_largest_size_passes_and_one_byte_more_does_not()
    {
        await using var body = Body(largest: 1000);
        await SendAsync(1000);
        Assert.Equal(1000, await body.ReadAsync(_buffer));
        await SendAsync(1);

        Assert.Equal(StatusCodes.Status413PayloadTooLarge, (await Assert.ThrowsAsync<BadHttpRequestException>(() => body.ReadAsync(_buffer).AsTask())).StatusCode);
    }

    [Fact]
    public async Task A_reader_that_stops_waiting_is_no_slow_sender()
    {
        await using var body = Body();
        using var stop = new CancellationTokenSource();
        var read = body.ReadAsync(_buffer, stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    private SteadyBody Body(long largest = long.MaxValue, double bytesPerSecond = 1024) => new(_sender.Reader.AsStream(), largest, bytesPerSecond, _grace, _clock);

    private async Task SendAsync(int bytes) => await _sender.Writer.WriteAsync(new byte[bytes]);
}
