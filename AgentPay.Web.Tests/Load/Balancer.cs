using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Load;

/// <summary>
/// A load balancer before two AgentPay processes, which take turns. It learns that one is dead when it refuses the connection, and asks the
/// other; what breaks after that is a 502. It keeps in mind which payments' last callbacks were taken.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private const string News = "/sync-news";

    private readonly ConcurrentDictionary<string, bool> _told = new();
    private Proxy _proxy = null!;
    private string[] _instances = [];
    private int _turn;

    public string Url => _proxy.Url;

    public string NewsUrl => Url + News;

    /// <summary>Items of <c>payMap</c>, as Sync tells of their changes.</summary>
    public LiveFeed<string, PayItem> PayMap { get; } = new((newer, older) => newer.Revision > older.Revision);

    public static async Task<Balancer> StartAsync()
    {
        var balancer = new Balancer();
        balancer._proxy = await Proxy.StartAsync((_, context) => balancer.AnswerAsync(context));
        return balancer;
    }

    public void Balance(params string[] instances) => _instances = instances;

    /// <summary>Whether some process has answered the last callback of a session with 2xx.</summary>
    public bool HasToldOutcome(string paymentSid) => _told.ContainsKey(paymentSid);

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        if (context.Request.Path == News) Hear(form);
        else if (await PassAsync(context) && form.ContainsKey("Result")) _told[form["Sid"].ToString()] = true;
    }

    /// <summary>True when it was answered with 2xx.</summary>
    private async Task<bool> PassAsync(HttpContext context)
    {
        var (instances, turn) = (_instances, Interlocked.Increment(ref _turn) & int.MaxValue);
        for (var tries = 0; tries < instances.Length; tries++)
        {
            try
            {
                context.Request.Body.Position = 0;
                using var answer = await _proxy.ForwardAsync(context, instances[(turn + tries) % instances.Length], context.RequestAborted);
                await Proxy.AnswerAsync(context, answer);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
            catch (HttpRequestException)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return false;
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
                return false;
            }
        }
        return false;
    }

    private void Hear(IFormCollection form)
    {
        if (form["MapUniqueName"] != "payMap" || form["EventType"] == "map_item_removed") return;
        PayMap.Publish(form["ItemKey"].ToString(),
            new(Convert.ToInt64(form["ItemRevision"].ToString(), 16), JsonDocument.Parse(form["ItemData"].ToString()).RootElement));
    }
}

/// <summary>An item of <c>payMap</c> as a front end reads it.</summary>
internal sealed record PayItem(long Revision, JsonElement Data)
{
    public bool IsOver => Text("Result") is not null || Text("status") == "unknown";

    public PaymentPhase Phase => Data.GetProperty("status").Deserialize<PaymentPhase>(SyncJson.Options);

    public bool HasError => Text("ErrorType") is not null;

    /// <summary>Whether a field is still to be captured.</summary>
    public bool Requires(string field) => Text("Required") is not { } required || required.Split(',').Contains(field);

    public string? Text(string member) => Data.TryGetProperty(member, out var value) ? value.GetString() : null;
}
