using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>Answers connector requests: <see cref="GatewayLedger"/> decides them, the test number's behaviour says how the answer gets there.</summary>
public sealed class PaymentGateway(GatewayLedger ledger, IHostApplicationLifetime host, TimeProvider clock)
{
    public static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(5);

    /// <summary>Longer than Twilio waits for a connector (10 s).</summary>
    public static readonly TimeSpan LateAnswer = TimeSpan.FromSeconds(12);

    private static readonly string Credentials =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{GatewayFeature.Username}:{GatewayFeature.Password}"));

    /// <param name="method"><c>charge</c> or <c>tokenize</c> when the path says so; null when the body does.</param>
    public async Task<IResult> AnswerAsync(HttpContext context, string? method)
    {
        if (!Admits(context.Request.Headers.Authorization)) return Invalid("The gateway's user name or password is wrong", StatusCodes.Status401Unauthorized);
        var request = await GatewayRequest.ReadAsync(context.Request);
        if (request is null) return Invalid("The body is not a JSON object of the connector contract");
        request.Method = method ?? request.Method;
        if (request.Problem() is { } problem) return Invalid(problem);
        var (outcome, isRepeat) = ledger.Enter(request.TransactionId!, request);
        var behaviour = isRepeat ? TestBehaviour.Approves : request.Card?.Behaviour;
        try
        {
            return await DeliverAsync(context, outcome, behaviour);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has stopped waiting, or the host is going down.
            return Results.Empty;
        }
    }

    private async Task<IResult> DeliverAsync(HttpContext context, GatewayOutcome? outcome, TestBehaviour? behaviour)
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
            ? Results.Text("<html><body><h1>Internal Server Error</h1></body></html>", "text/html", statusCode: StatusCodes.Status500InternalServerError)
            : Results.Json(Reply(outcome), SandboxJson.Twilio);
    }

    private static object Reply(GatewayOutcome outcome) => outcome.IsCharge
        ? new { ChargeId = outcome.Id, outcome.ErrorCode, outcome.ErrorMessage }
        : new { TokenId = outcome.Id, outcome.ErrorCode, outcome.ErrorMessage };

    private async Task DelayAsync(TimeSpan span, HttpContext context)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        await Task.Delay(span, clock, given.Token);
    }

    private static bool Admits(string? authorization) => authorization is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization), Encoding.UTF8.GetBytes(Credentials));

    private static IResult Invalid(string message, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { ErrorCode = "invalid_request", ErrorMessage = message }, SandboxJson.Twilio, statusCode: status);
}
