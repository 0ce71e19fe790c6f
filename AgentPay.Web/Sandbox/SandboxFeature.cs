using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Entra;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sandbox.Home;
using AgentPay.Web.Sandbox.Messaging;
using AgentPay.Web.Sandbox.Pay;
using AgentPay.Web.Sandbox.Phone;
using AgentPay.Web.Sandbox.Recorder;
using AgentPay.Web.Sandbox.Sync;
using AgentPay.Web.Sandbox.Voice;
using AgentPay.Web.Sandbox.Webhooks;

namespace AgentPay.Web.Sandbox;

/// <summary>Simulates Twilio, the phone network, the payment gateway and Entra ID over HTTP.</summary>
public static class SandboxFeature
{
    public const string TwilioPath = "/sandbox/twilio";
    public const string SyncPath = "/sandbox/sync";

    public static void AddSandbox(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSection<SandboxOptions, SandboxOptionsValidator>(SandboxOptions.Section);
        services.AddResettable<FaultInjector>();
        services.AddResettable<SandboxStats>();
        services.AddResettable<CallbackQueue>();
        services.AddResettable<Legs>();
        services.AddSingleton<WebhookSender>();
        services.AddVoice();
        services.AddSingleton<CallControl>();
        services.AddSync();
        services.AddGateway();
        services.AddPay();
        services.AddMessaging();
        services.AddRecorder();
        services.AddPhone();
        services.AddEntra();
    }

    public static void MapSandbox(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(TwilioPath) || context.Request.Path.StartsWithSegments(SyncPath),
            api => api.UseMiddleware<TwilioProtocol>());
        var control = app.MapControl();
        control.MapCallControl();
        app.MapRecorder(control);
        app.MapVoice();
        app.MapSync();
        app.MapGateway();
        app.MapPay();
        app.MapMessaging();
        app.MapPhone();
        app.MapEntra();
        app.MapHome();
    }

    /// <summary>The path of a request as on Twilio's own host, starting with <c>/2010-04-01</c> or <c>/v1</c>.</summary>
    public static string ApiPath(this HttpRequest request) =>
        request.Path.StartsWithSegments(TwilioPath, out var rest) || request.Path.StartsWithSegments(SyncPath, out rest)
            ? rest.ToString()
            : request.Path.ToString();

    /// <summary>Registers a singleton that the control API can reset.</summary>
    public static void AddResettable<T>(this IServiceCollection services) where T : class, IResettable
    {
        services.AddSingleton<T>();
        services.AddSingleton<IResettable>(provider => provider.GetRequiredService<T>());
    }
}
