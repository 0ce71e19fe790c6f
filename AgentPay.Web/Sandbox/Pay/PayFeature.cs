namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Twilio's Payments API: twilio.com/docs/voice/api/payment-resource.</summary>
public static class PayFeature
{
    private const string Payments = SandboxFeature.TwilioPath + "/2010-04-01/Accounts/{accountSid}/Calls/{callSid}/Payments";

    public static void AddPay(this IServiceCollection services)
    {
        services.AddSingleton<Connectors>();
        services.AddSingleton<ConnectorClient>();
        services.AddSingleton<PayServices>();
        services.AddResettable<PaySessions>();
    }

    public static void MapPay(this IEndpointRouteBuilder app)
    {
        app.MapPost(Payments + ".json", async (string accountSid, string callSid, HttpRequest request, PaySessions sessions) =>
            Results.Json(sessions.Create(await ReadAsync(request, accountSid, callSid)), SandboxJson.Twilio, statusCode: StatusCodes.Status201Created));
        app.MapPost(Payments + "/{sid}.json", async (string accountSid, string callSid, string sid, HttpRequest request, PaySessions sessions) =>
            Results.Json(sessions.Update(await ReadAsync(request, accountSid, callSid), sid), SandboxJson.Twilio, statusCode: StatusCodes.Status202Accepted));
    }

    private static async Task<PayRequest> ReadAsync(HttpRequest request, string accountSid, string callSid)
    {
        if (accountSid != SandboxAccount.Sid) throw Refusal.NotFound(request.ApiPath());
        // A request without a body has no content type either: its parameters are missing, which is said in the usual way.
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        return new(callSid, request.ApiPath(), form);
    }
}
