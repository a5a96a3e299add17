using BuildFunctions.Broker.Webhooks;

namespace BuildFunctions.Broker.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    [Fact]
    public void The_signature_is_the_one_of_the_specifications_example() =>
        Assert.Equal(
            [
                new("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                new("webhook-timestamp", "1614265330"),
                new("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            ],
            WebhookSignature.Headers("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""));

    [Fact]
    public void Secrets_have_256_bits_and_differ() => Assert.Equal(2, new[] { WebhookSignature.NewSecret(), WebhookSignature.NewSecret() }
        .Where(secret => Convert.FromBase64String(secret["whsec_".Length..]).Length == 32).Distinct().Count());
}
