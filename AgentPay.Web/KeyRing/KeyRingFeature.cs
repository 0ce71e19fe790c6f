using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AgentPay.Web.KeyRing;

/// <summary>
/// Stores the data protection keys (cookies, antiforgery, sign-in state) in Sync, so that all instances share them. Instances have no
/// persistent disk.
/// </summary>
public static class KeyRingFeature
{
    /// <summary>Needs the services that <c>AddIdentity</c> needs.</summary>
    // Called last: sign-in, antiforgery and pages add data protection too.
    public static void AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<KeyRingCipher>();
        services.AddSingleton<SyncKeyRing>();
        services.AddSingleton<KeyRingGate>();
        services.AddHostedService<KeyRingRefresh>();
        // Protected data is bound to this name: with another name, existing cookies would be invalid.
        var protection = services.AddDataProtection().SetApplicationName("AgentPay");
        services.AddOptions<KeyManagementOptions>().Configure<SyncKeyRing>((options, ring) => options.XmlRepository = ring);
        ProtectKeys(protection, configuration);
        RemoveFrameworkStartup(services);
    }

    /// <summary>Makes requests that need the keys wait until they are loaded. Call it before authentication.</summary>
    public static void UseKeyRing(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<KeyRingGate>();
        app.Use(gate.InvokeAsync);
    }

    // Removes the framework's hosted service, which reads the key ring before the server listens. Sync cannot be reached then: in the
    // sandbox it runs on this server.
    private static void RemoveFrameworkStartup(IServiceCollection services)
    {
        var framework = typeof(KeyManagementOptions).Assembly;
        var startups = services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == framework);
        foreach (var startup in startups.ToList()) services.Remove(startup);
    }

    private static void ProtectKeys(IDataProtectionBuilder protection, IConfiguration configuration)
    {
        // The certificate is needed before the options are available. The options validation at startup reports invalid settings.
        var configured = new AgentPayOptions();
        new SectionBinder([]).Bind(configuration.GetSection(AgentPayOptions.Section), configured);
        if (KeyRingCertificate.Load(configured) is { } certificate)
        {
            protection.ProtectKeysWithCertificate(certificate);
            protection.Services.AddSingleton(new KeyRingProtection(certificate.Thumbprint));
        }
        else
        {
            protection.Services.AddOptions<KeyManagementOptions>()
                .Configure<KeyRingCipher>((options, cipher) => options.XmlEncryptor = new KeyRingEncryptor(cipher));
            protection.Services.AddSingleton(provider => new KeyRingProtection(provider.GetRequiredService<KeyRingCipher>().Name));
        }
    }
}
