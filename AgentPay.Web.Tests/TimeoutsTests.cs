namespace AgentPay.Web.Tests;

/// <summary>Inner limits fit into the outer ones.</summary>
public sealed class TimeoutsTests
{
    [Fact]
    public void Webhooks_AreAnsweredBeforeTwilioGivesUp()
    {
        (Timeouts.SyncWrite + Timeouts.FollowUp).ShouldBeLessThan(Timeouts.Webhook);
        Timeouts.CallEnd.ShouldBeLessThan(Timeouts.Webhook);
        // Twilio tries a status webhook four times.
        (Timeouts.StatusStored * 4).ShouldBeLessThan(Timeouts.Webhook);
    }

    [Fact]
    public void Commands_ReportAFailedWriteAndFitIntoAnApiRequest()
    {
        Timeouts.SyncWrite.ShouldBeLessThan(Timeouts.Command);
        Timeouts.TwilioTry.ShouldBeLessThan(Timeouts.SyncWrite);
        Timeouts.Command.ShouldBeLessThan(Timeouts.ApiRequest);
        ((Timeouts.LegLookup * 2) + Timeouts.ApiCallback).ShouldBeLessThanOrEqualTo(Timeouts.ApiRequest);
    }

    [Fact]
    public void Shutdown_IsLongEnoughForEveryWebhookAndShorterThanKubernetesAllows()
    {
        Timeouts.Webhook.ShouldBeLessThan(Timeouts.Shutdown);
        Timeouts.SegmentShutdown.ShouldBeLessThan(Timeouts.Shutdown);
        Timeouts.Shutdown.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
