using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Checks requests against Twilio's OpenAPI description.</summary>
public static class Contract
{
    /// <summary>Checks the request, and that its form has every field of the operation except <paramref name="missing"/>.</summary>
    public static void ShouldSendEverything(OpenApi api, ReceivedWebhook request, params string[] missing)
    {
        ShouldBeDescribed(api, request);
        var described = api.ParametersOf(request.Method, request.Path).Except(missing).Except(["If-Match"]);
        request.Form.Select(field => field.Key).Order().ShouldBe(described.Order());
    }

    public static void ShouldBeDescribed(OpenApi api, ReceivedWebhook request) =>
        api.ProblemsOfRequest(request.Method, request.Path, [], request.Form).ShouldBeEmpty();
}
