using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Calls;

// Answers that all call webhooks share.
internal static class Webhook
{
    public static IResult Unreadable => Results.Text("CallSid is missing or malformed", statusCode: StatusCodes.Status400BadRequest);

    public static IResult TryAgain => Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
}
