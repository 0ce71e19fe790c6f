namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Simulates version 1 of the Twilio Sync API.</summary>
public static class SyncFeature
{
    // The path before /Services.
    public const string Path = SandboxFeature.SyncPath + "/v1";

    public static void AddSync(this IServiceCollection services)
    {
        services.AddSingleton<SyncWebhooks>();
        services.AddSingleton<SyncMeter>();
        services.AddResettable<SyncServices>();
    }

    public static void MapSync(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup(Path);
        v1.MapServices();
        v1.MapMessages();
        foreach (var kind in ObjectKind.All)
        {
            v1.MapObjects(kind);
            if (kind.HasItems) v1.MapItems(kind);
            if (kind != ObjectKind.Stream) v1.MapPermissions(kind);
        }
    }
}
