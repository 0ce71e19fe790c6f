using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>AgentPay's Twilio clients as the host builds them, from a section Twilio.</summary>
public sealed class TwilioClients : IAsyncDisposable
{
    public TwilioClients(Dictionary<string, string?> settings, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(clock).AddTwilio();
        Host = builder.Build();
    }

    /// <summary>The host around the clients; it listens only when it is started.</summary>
    public WebApplication Host { get; }

    public KeptLog Log { get; } = new();

    public AccountClient Account => Host.Services.GetRequiredService<AccountClient>();

    public CallsClient Calls => Host.Services.GetRequiredService<CallsClient>();

    public PaymentsClient Payments => Host.Services.GetRequiredService<PaymentsClient>();

    public SyncClient Sync => Host.Services.GetRequiredService<SyncClient>();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
