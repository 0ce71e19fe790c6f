using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Gateway;

// Answers connector requests. GatewayLedger makes the decision; the behaviour of the test number decides how the response is sent.
public sealed class PaymentGateway(GatewayLedger ledger, IHostApplicationLifetime host, TimeProvider clock)
{
    public static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(5);

    /// <summary>Longer than Twilio waits for a connector (10 s).</summary>
    public static readonly TimeSpan LateAnswer = TimeSpan.FromSeconds(12);

    private const string ErrorPage = "<html><body><h1>Internal Server Error</h1></body></html>";

    private static readonly string Credentials =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{GatewayFeature.Username}:{GatewayFeature.Password}"));

    // method: charge or tokenize if the path names it; null if the body does.
    public async Task<IResult> AnswerAsync(HttpContext context, string? method)
    {
        if (!IsAuthorized(context.Request.Headers.Authorization))
            return Invalid("The gateway's user name or password is wrong", StatusCodes.Status401Unauthorized);
        var request = await GatewayRequest.ReadAsync(context.Request);
        if (request is null) return Invalid("The body is not a JSON object of the connector contract");
        request.Method = method ?? request.Method;
        if (request.Problem() is { } problem) return Invalid(problem);
        var (outcome, isRepeat) = ledger.Process(request.TransactionId!, request);
        var behaviour = isRepeat ? TestBehaviour.Approves : request.Card?.Behaviour;
        try
        {
            return await RespondAsync(context, outcome, behaviour);
        }
        catch (OperationCanceledException)
        {
            // The client has disconnected, or the host is shutting down.
            return Results.Empty;
        }
    }

    private async Task<IResult> RespondAsync(HttpContext context, GatewayOutcome? outcome, TestBehaviour? behaviour)
    {
        switch (behaviour)
        {
            case TestBehaviour.AnswersSlowly:
                await DelayAsync(SlowAnswer, context);
                break;
            case TestBehaviour.AnswersTooLateOnce:
                await DelayAsync(LateAnswer, context);
                break;
            case TestBehaviour.NeverAnswers:
                await DelayAsync(Timeout.InfiniteTimeSpan, context);
                break;
            case TestBehaviour.DropsConnectionOnce:
                context.Abort();
                return Results.Empty;
            case TestBehaviour.AnswersMalformed:
                return Results.Text("{\"charge_id\": ch_", "application/json");
        }
        return outcome is null
            ? Results.Text(ErrorPage, "text/html", statusCode: StatusCodes.Status500InternalServerError)
            : Results.Json(Body(outcome), SandboxJson.Twilio);
    }

    private static object Body(GatewayOutcome outcome) => outcome.IsCharge
        ? new { ChargeId = outcome.Id, outcome.ErrorCode, outcome.ErrorMessage }
        : new { TokenId = outcome.Id, outcome.ErrorCode, outcome.ErrorMessage };

    private async Task DelayAsync(TimeSpan span, HttpContext context)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        await Task.Delay(span, clock, cancelled.Token);
    }

    private static bool IsAuthorized(string? authorization) => authorization is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization), Encoding.UTF8.GetBytes(Credentials));

    private static IResult Invalid(string message, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { ErrorCode = "invalid_request", ErrorMessage = message }, SandboxJson.Twilio, statusCode: status);
}
