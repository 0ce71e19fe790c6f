using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>
/// A page of the console without a browser: it loads the page, opens its circuit over SignalR and confirms each render batch, as Blazor's
/// script does.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private readonly Uri _page;
    private readonly string _cookies;
    private readonly TaskCompletionSource _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubConnection? _connection;
    private string _id = "";

    private Circuit(Uri page, string cookies) => (_page, _cookies) = (page, cookies);

    /// <summary>Render batches so far.</summary>
    public int Batches { get; private set; }

    /// <summary>Bytes of all render batches.</summary>
    public long Bytes { get; private set; }

    /// <summary>Loads the page and returns after the first render batch of its circuit.</summary>
    public static async Task<Circuit> OpenAsync(HttpClient http, Uri page, string cookies)
    {
        var circuit = new Circuit(page, cookies);
        await circuit.LoadAsync(http);
        return circuit;
    }

    /// <summary>Breaks the connection. The server keeps the circuit for a while.</summary>
    public ValueTask DisconnectAsync() => _connection!.DisposeAsync();

    /// <summary>Resumes the circuit over a new connection; loads the page again if the server has no such circuit any more.</summary>
    /// <returns>True if the circuit was resumed.</returns>
    public async Task<bool> ReconnectAsync(HttpClient http)
    {
        await ConnectAsync();
        if (await _connection!.InvokeAsync<bool>("ConnectCircuit", _id)) return true;
        await DisconnectAsync();
        await LoadAsync(http);
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task LoadAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _page);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Cookie", _cookies);
        using var answer = await http.SendAsync(request);
        var html = await answer.Content.ReadAsStringAsync();
        var operations = Markers().Matches(html)
            .Select(marker => JsonNode.Parse(marker.Groups[1].Value)!.AsObject())
            .Where(marker => marker["type"]?.GetValue<string>() == "server" && marker["descriptor"] is not null)
            .Select((marker, number) =>
            {
                marker["componentId"] = number;
                return new JsonObject { ["type"] = "add", ["ssrComponentId"] = number + 1, ["marker"] = marker };
            }).ToArray<JsonNode>();
        if (operations.Length == 0)
            throw new InvalidOperationException($"{_page} is no page of the console: {html[..Math.Min(html.Length, 300)]}");
        await ConnectAsync();
        var start = new Uri(_page, "/").AbsoluteUri;
        _id = await _connection!.InvokeAsync<string>("StartCircuit", start, _page.AbsoluteUri, "[]", "");
        var batch = new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray(operations) };
        await _connection!.SendAsync("UpdateRootComponents", batch.ToJsonString(), State().Match(html).Groups[1].Value);
        await _rendered.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task ConnectAsync()
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(_page, "/_blazor"), options =>
        {
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            options.Headers["Cookie"] = _cookies;
            options.Headers["Origin"] = _page.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        _connection = builder.Build();
        _connection.On<long, byte[]>("JS.RenderBatch", ConfirmAsync);
        _connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", (call, name, _, result, _, _) =>
            AnswerAsync(call, name, result));
        await _connection.StartAsync();
    }

    private async Task ConfirmAsync(long batch, byte[] data)
    {
        (Batches, Bytes) = (Batches + 1, Bytes + data.Length);
        await _connection!.SendAsync("OnRenderCompleted", batch, null);
        _rendered.TrySetResult();
    }

    // Answers a call of a script's function, with an object where the server expects one.
    private async Task AnswerAsync(long call, string name, int resultType)
    {
        if (call == 0) return;
        object? result = name == "agentpay.timeZone" ? "Europe/London" : resultType == 1 ? new { __jsObjectId = 1 } : null;
        await _connection!.SendAsync("EndInvokeJSFromDotNet", call, true, JsonSerializer.Serialize(new[] { call, true, result }));
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex State();

    /// <summary>Blazor's protocol: MessagePack's under another name.</summary>
    private sealed class BlazorPack : IHubProtocol
    {
        private readonly MessagePackHubProtocol _inner = new();

        public string Name => "blazorpack";

        public int Version => 1;

        public TransferFormat TransferFormat => TransferFormat.Binary;

        public bool IsVersionSupported(int version) => version == 1;

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);

        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _inner.WriteMessage(message, output);

        public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder,
            [NotNullWhen(true)] out HubMessage? message) =>
            _inner.TryParseMessage(ref input, binder, out message);
    }
}
