using System.Net;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>An answer of the stub.</summary>
public sealed record Answer(int Status, string Body = "", string ContentType = "application/json")
{
    public Dictionary<string, string> Headers { get; init; } = [];
}

/// <summary>AgentPay's Twilio clients as the host builds them, with a web server that gives scripted answers.</summary>
public sealed class TwilioStub : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string ApiKeySid = "SK0123456789abcdef0123456789abcdef";
    public const string Secret = "a-secret-that-nobody-must-see-000";
    public const string AuthToken = "an-auth-token-nobody-must-see-000";
    public static readonly CallSid Call = CallSid.Parse("CA0123456789abcdef0123456789abcdef");
    public static readonly PaymentSid Payment = PaymentSid.Parse("PK0123456789abcdef0123456789abcdef");
    public const string Service = "IS0123456789abcdef0123456789abcdef";
    public static readonly string CallPath = $"/2010-04-01/Accounts/{AccountSid}/Calls/{Call}.json";
    public static readonly string PaymentsPath = $"/2010-04-01/Accounts/{AccountSid}/Calls/{Call}/Payments.json";
    public static readonly string ServicePath = $"/v1/Services/{Service}";

    private readonly TwilioClients _clients;
    private readonly WebhookListener _server;

    private TwilioStub(WebhookListener server, Dictionary<string, string?> settings)
    {
        _server = server;
        _clients = new(settings, Clock);
    }

    public ManualClock Clock { get; } = new();

    public KeptLog Log => _clients.Log;

    public string Url => _server.Url;

    public AccountClient Account => _clients.Account;

    public CallsClient Calls => _clients.Calls;

    public PaymentsClient Payments => _clients.Payments;

    public SyncClient Sync => _clients.Sync;

    public IReadOnlyList<ReceivedWebhook> Received => _server.All;

    /// <param name="settings">Keys of the section Twilio that replace the defaults.</param>
    public static async Task<TwilioStub> StartAsync(params (string Key, string? Value)[] settings)
    {
        var server = await WebhookListener.StartAsync();
        return new TwilioStub(server, Settings([("ApiBaseUrl", server.Url), ("SyncBaseUrl", server.Url), .. settings]));
    }

    /// <summary>Builds a complete section Twilio with these changes.</summary>
    public static Dictionary<string, string?> Settings(params (string Key, string? Value)[] changes)
    {
        (string, string?)[] complete =
            [("AccountSid", AccountSid), ("AuthToken", AuthToken), ("ApiKeySid", ApiKeySid), ("ApiKeySecret", Secret)];
        var settings = new Dictionary<string, string?>();
        foreach (var (key, value) in complete.Concat(changes)) settings["Twilio:" + key] = value;
        return settings;
    }

    /// <summary>Answers the requests to an unescaped path in this order. The last answer is repeated.</summary>
    public void Answers(string path, params Answer[] answers)
    {
        var count = 0;
        _server.Script(new PathString(path), async (context, _) =>
            await WriteAsync(context, answers[Math.Min(Interlocked.Increment(ref count), answers.Length) - 1]));
    }

    /// <summary>Does not answer until the client closes the connection.</summary>
    public void IsSilent(string path) => _server.Script(path, async (context, _) =>
    {
        var hungUp = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    });

    /// <summary>Returns the next request that was not read yet.</summary>
    public Task<ReceivedWebhook> NextAsync() => _server.NextAsync();

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.Status == (int)HttpStatusCode.NoContent) return;
        context.Response.ContentType = answer.ContentType;
        await context.Response.WriteAsync(answer.Body);
    }
}
