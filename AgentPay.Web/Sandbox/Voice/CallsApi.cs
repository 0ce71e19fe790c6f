using Microsoft.AspNetCore.Hosting.Server;

namespace AgentPay.Web.Sandbox.Voice;

// Twilio's Calls API: fetch, list, update and delete. Calls are created with the control API instead.
internal sealed class CallsApi(Legs legs, TelephoneNetwork network, IServer server)
{
    public IResult Fetch(string accountSid, string sid) => Json(CallResource.Of(Find(accountSid, sid)));

    public IResult List(string accountSid, IQueryCollection query)
    {
        RequireAccount(accountSid, "");
        return Json(new CallQuery(query).Page(legs.All));
    }

    public async Task<IResult> UpdateAsync(string accountSid, string sid, HttpRequest request)
    {
        var leg = Find(accountSid, sid);
        var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
        var update = new CallUpdate(form, server.OwnAddress());
        if (leg.HasEnded) throw NotInProgress();
        if (update.StatusCallback is { } callback && leg.Callbacks is { } callbacks) callbacks.Subscription = callback;
        if (update.TimeLimit is { } limit) network.Limit(leg, limit);
        if (update.Redirect is { } redirect && !await network.RedirectAsync(leg, redirect, update.Fallback)) throw NotInProgress();
        var hangsUp = update.Status == LegStatus.Completed || (update.Status == LegStatus.Canceled && leg.IsRinging);
        if (hangsUp) await leg.HangUpAsync(LegStatus.Canceled);
        return Json(CallResource.Of(leg));
    }

    public IResult Delete(string accountSid, string sid)
    {
        var leg = Find(accountSid, sid);
        if (!leg.HasEnded) throw new ApiError(409, 20009, "A call can be deleted only when it has ended");
        legs.Remove(leg);
        return Results.NoContent();
    }

    private Leg Find(string accountSid, string sid)
    {
        RequireAccount(accountSid, "/" + sid);
        return legs.Find(sid) ?? throw NotFound(accountSid, "/" + sid);
    }

    private static void RequireAccount(string accountSid, string call)
    {
        if (accountSid != SandboxAccount.Sid) throw NotFound(accountSid, call);
    }

    private static ApiError NotFound(string accountSid, string call) =>
        ApiError.NotFound($"/2010-04-01/Accounts/{accountSid}/Calls{call}.json");

    private static ApiError NotInProgress() => new(400, 21220, "The call is not in progress, so it cannot be changed");

    private static IResult Json(object body) => Results.Json(body, SandboxJson.Twilio);
}
