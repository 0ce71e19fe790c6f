using AgentPay.Web.Calls;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Api;

/// <summary><c>/uui2sid?uui=</c>: answers with the customer's leg of the call with this UUI, and the expiry of the entry, UTC.</summary>
internal sealed class UuiToSid(CallDirectory calls)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var sent = await ApiParameters.ReadAsync(context.Request);
        if (sent?["uui"] is not { } uui) return Refuse("uui is missing", StatusCodes.Status400BadRequest);
        try
        {
            return await calls.FindAsync(uui, context.RequestAborted) is { } call
                ? Results.Json(new { data = new { uui, pstnSid = call.PstnSid }, dateExpires = call.Expires?.UtcDateTime })
                : Refuse("there is no such call", StatusCodes.Status404NotFound);
        }
        catch (Exception down) when (ApiCaller.IsUnavailable(down))
        {
            return Refuse("Twilio Sync is not responding", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Refuse(string why, int status) => ApiAnswer.Refused("Error with uu2sid", why, status);
}
