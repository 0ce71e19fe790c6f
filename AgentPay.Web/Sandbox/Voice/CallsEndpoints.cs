namespace AgentPay.Web.Sandbox.Voice;

internal static class CallsEndpoints
{
    private const string Calls = SandboxFeature.TwilioPath + "/2010-04-01/Accounts/{accountSid}/Calls.json";
    private const string Call = SandboxFeature.TwilioPath + "/2010-04-01/Accounts/{accountSid}/Calls/{sid}.json";

    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        app.MapGet(Calls, (string accountSid, HttpRequest request, CallsApi calls) => calls.List(accountSid, request.Query));
        app.MapGet(Call, (string accountSid, string sid, CallsApi calls) => calls.Fetch(accountSid, sid));
        app.MapPost(Call, (string accountSid, string sid, HttpRequest request, CallsApi calls) =>
            calls.UpdateAsync(accountSid, sid, request));
        app.MapDelete(Call, (string accountSid, string sid, CallsApi calls) => calls.Delete(accountSid, sid));
    }
}
