using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Checks of what our clients send against Twilio's description.</summary>
public static class Contract
{
    /// <summary>The request is as described, and its form has every field that the operation knows, apart from <paramref name="missing"/>.</summary>
    public static void ShouldSendEverything(OpenApi api, ReceivedWebhook request, params string[] missing)
    {
        ShouldBeDescribed(api, request);
        var described = api.ParametersOf(request.Method, request.Path).Except(missing).Except(["If-Match"]);
        request.Form.Select(field => field.Key).Order().ShouldBe(described.Order());
    }

    public static void ShouldBeDescribed(OpenApi api, ReceivedWebhook request) =>
        api.ProblemsOfRequest(request.Method, request.Path, [], request.Form).ShouldBeEmpty();
}
