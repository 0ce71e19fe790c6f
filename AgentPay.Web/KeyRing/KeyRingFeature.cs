using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace AgentPay.Web.KeyRing;

/// <summary>The keys of cookies, antiforgery and sign-ins under way, shared by all instances over Sync: none has a disk of its own to keep them on.</summary>
public static class KeyRingFeature
{
    /// <summary>Needs what <c>AddIdentity</c> needs. To be called last, after everything that adds data protection by itself: sign-in, antiforgery, pages.</summary>
    public static void AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<KeyRingCipher>();
        services.AddSingleton<SyncKeyRing>();
        services.AddSingleton<KeyRingGate>();
        services.AddHostedService<KeyRingKeeper>();
        // Part of what every key is made of: another name would be another ring.
        var protection = services.AddDataProtection().SetApplicationName("AgentPay");
        services.AddOptions<KeyManagementOptions>().Configure<SyncKeyRing>((options, ring) => options.XmlRepository = ring);
        ProtectKeys(protection, configuration);
        // It reads the ring before anything else has started, when Sync, which may be this very server, cannot have been reached.
        foreach (var hasty in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly).ToList()) services.Remove(hasty);
    }

    /// <summary>Has requests that need the keys wait for them. To be called before authentication.</summary>
    public static void UseKeyRing(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<KeyRingGate>();
        app.Use(gate.PassAsync);
    }

    private static void ProtectKeys(IDataProtectionBuilder protection, IConfiguration configuration)
    {
        // The certificate is needed before options can be had. What is wrong with the section is reported at start.
        var configured = new AgentPayOptions();
        new SectionBinder([]).Bind(configuration.GetSection(AgentPayOptions.Section), configured);
        if (KeyRingCertificate.Load(configured) is { } certificate)
        {
            protection.ProtectKeysWithCertificate(certificate);
            protection.Services.AddSingleton(new KeyRingProtection(certificate.Thumbprint));
        }
        else
        {
            protection.Services.AddOptions<KeyManagementOptions>().Configure<KeyRingCipher>((options, cipher) => options.XmlEncryptor = new KeyRingEncryptor(cipher));
            protection.Services.AddSingleton(provider => new KeyRingProtection(provider.GetRequiredService<KeyRingCipher>().Name));
        }
    }
}
