namespace AgentPay.Web.Sandbox.Pay;

// Twilio's Payments API: twilio.com/docs/voice/api/payment-resource.
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
        app.MapPost(Payments + ".json", CreateAsync);
        app.MapPost(Payments + "/{sid}.json", UpdateAsync);
    }

    private static async Task<IResult> CreateAsync(string accountSid, string callSid, HttpRequest request, PaySessions sessions)
    {
        var answer = sessions.Create(await ReadAsync(request, accountSid, callSid));
        return Results.Json(answer, SandboxJson.Twilio, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(
        string accountSid,
        string callSid,
        string sid,
        HttpRequest request,
        PaySessions sessions)
    {
        var answer = sessions.Update(await ReadAsync(request, accountSid, callSid), sid);
        return Results.Json(answer, SandboxJson.Twilio, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<PayRequest> ReadAsync(HttpRequest request, string accountSid, string callSid)
    {
        if (accountSid != SandboxAccount.Sid) throw ApiError.NotFound(request.ApiPath());
        // A request without a body has no content type. It is treated as a form without parameters.
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        return new(callSid, request.ApiPath(), form);
    }
}
