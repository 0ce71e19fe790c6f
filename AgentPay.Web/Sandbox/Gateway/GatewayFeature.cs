namespace AgentPay.Web.Sandbox.Gateway;

/// <summary>The payment gateway in a box: an endpoint of the Generic Pay Connector contract that knows test numbers only.</summary>
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

    /// <summary>The method is in the body, or, as older connectors have it, in the path.</summary>
    public static void MapGateway(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, (HttpContext context, PaymentGateway gateway) => gateway.AnswerAsync(context, method: null));
        app.MapPost(Path + "/charge", (HttpContext context, PaymentGateway gateway) => gateway.AnswerAsync(context, "charge"));
        app.MapPost(Path + "/tokenize", (HttpContext context, PaymentGateway gateway) => gateway.AnswerAsync(context, "tokenize"));
    }
}
