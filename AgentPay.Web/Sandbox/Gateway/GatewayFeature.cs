namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>A simulated payment gateway: an endpoint of the Generic Pay Connector contract that accepts only test numbers.</summary>
public static class GatewayFeature
{
    public const string Path = "/sandbox/gateway";
    public const string Username = "sandbox-gateway";
    public const string Password = "sandbox-gateway-password-0000000000";

    public static void AddGateway(this IServiceCollection services)
    {
        services.AddResettable<GatewayLedger>();
        services.AddSingleton<PaymentGateway>();
    }

    // The method is in the body or, for older connectors, in the path.
    public static void MapGateway(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, (HttpContext context, PaymentGateway gateway) => gateway.AnswerAsync(context, method: null));
        app.MapPost(Path + "/charge", (HttpContext context, PaymentGateway gateway) => gateway.AnswerAsync(context, "charge"));
        app.MapPost(Path + "/tokenize", (HttpContext context, PaymentGateway gateway) => gateway.AnswerAsync(context, "tokenize"));
    }
}
