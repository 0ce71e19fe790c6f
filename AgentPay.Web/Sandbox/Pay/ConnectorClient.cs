using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// Sends a payment to the endpoint of a connector. Waits 10 s for a response and makes up to five attempts with the same transaction ID.
/// </summary>
public sealed class ConnectorClient(IServer server, TimeProvider clock) : IDisposable
{
    public const int MaxAttempts = 5;

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(SandboxJson.Twilio)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    });

    // Throws only when it is cancelled. All failures of the connector are returned.
    public async Task<ConnectorOutcome> SubmitAsync(Connector connector, ConnectorRequest payment, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(payment, Json);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await TryOnceAsync(connector, body, payment.IsCharge, cancellation) is { } outcome) return outcome;
        }
        return new(null, "The payment gateway could not be reached, or did not answer in time.", 64002, "gateway_unavailable");
    }

    public void Dispose() => _http.Dispose();

    private async Task<ConnectorOutcome?> TryOnceAsync(Connector connector, byte[] body, bool isCharge, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var request = Request(connector, body);
            using var response = await _http.SendAsync(request, limits.Token);
            return ConnectorReply.Read((int)response.StatusCode, await AnswerBody.ReadAsync(response.Content, limits.Token), isCharge);
        }
        catch (Exception fault) when (
            fault is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private HttpRequestMessage Request(Connector connector, byte[] body)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{connector.Username}:{connector.Password}"));
        var request = new HttpRequestMessage(HttpMethod.Post, server.Resolve(connector.Url)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }
}
