using System.ComponentModel.DataAnnotations;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.KeyRing;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>What this process is: AgentPay on its own sandbox, AgentPay on a real account, or the sandbox alone.</summary>
public enum AgentPayMode
{
    Sandbox,
    Live,
    SandboxServer,
}

/// <summary>The section <c>AgentPay</c> of the configuration.</summary>
public sealed class AgentPayOptions : IValidatableObject
{
    public const string Section = "AgentPay";

    private const string SomeUrl = "https://pay.example.com";

    public AgentPayMode Mode { get; init; } = AgentPayMode.Sandbox;

    /// <summary>
    /// Absolute base of all callback URLs and signature checks, without a trailing slash. Required in Live; in Sandbox it defaults to the
    /// listening address.
    /// </summary>
    // Without a path: sign-in, cookies and links expect AgentPay at the root of a host.
    [BaseAddress(SomeUrl, WithoutPath = true)]
    public string? PublicBaseUrl { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value.TrimEnd('/'); }

    /// <summary>
    /// How long a stopping instance continues to serve after it reports that it is not ready. Set what the load balancer takes to notice.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTime { get; init; }

    /// <summary>
    /// Origins whose pages may call the API from a browser, written as browsers send them: <c>https://desk.example.com</c>. None by
    /// default.
    /// </summary>
    [EachOrigin]
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// Sites that may show the console in a frame, as CSP's frame-ancestors takes them: <c>https://cti.example.com</c>, <c>'self'</c>. None
    /// by default.
    /// </summary>
    // They become part of a header. A scheme alone or * would allow clickjacking.
    [EachMatches(
        @"'self'|https://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?",
        "'self' in its quotes, or sites such as https://cti.example.com or https://*.example.com")]
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];

    /// <summary>
    /// Reverse proxies, as addresses (<c>10.0.0.5</c>) or networks (<c>10.0.0.0/8</c>), whose <c>X-Forwarded-For</c> gives the client's
    /// address. None by default: the header is ignored.
    /// </summary>
    [EachAddress]
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>
    /// The organisation's time zone, as an IANA name such as <c>Europe/Berlin</c>. The days and totals of the history are days there.
    /// </summary>
    public string TimeZone { get; init; } = "UTC";

    [ValidateObjectMembers]
    public RateLimitOptions RateLimits { get; init; } = new();

    [ValidateObjectMembers]
    public RoleGroupOptions Roles { get; init; } = new();

    /// <summary>
    /// The cookie keys in Sync are encrypted under this; missing means the secret of the API key for Sync. The same on every instance.
    /// </summary>
    // The encryption key is derived from it without the stretching that a password needs, so it must be long.
    [Secret, MinLength(32, ErrorMessage = "{0} must have at least {1} characters. Example: the output of openssl rand -base64 32.")]
    public string? KeyRingSecret { get; init; }

    /// <summary>Path of a PKCS#12 file with an RSA key, used instead of a secret.</summary>
    public string? KeyRingCertificate { get; init; }

    [Secret]
    public string? KeyRingCertificatePassword { get; init; }

    /// <summary>Returns the time zone named by <see cref="TimeZone"/>.</summary>
    public TimeZoneInfo FindTimeZone() => HistoryDay.TryFindZone(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == AgentPayMode.Live && PublicBaseUrl is null)
            yield return validationContext.Failure(nameof(PublicBaseUrl), $"is missing. Twilio calls this address. Example: {SomeUrl}.");
        if (!HistoryDay.TryFindZone(TimeZone, out _))
            yield return validationContext.Failure(nameof(TimeZone), "must be the IANA name of a time zone. Example: Europe/Berlin.");
        if (KeyRingSecret is not null && KeyRingCertificate is not null)
            yield return validationContext.Failure(nameof(KeyRingSecret), "must not be set together with AgentPay:KeyRingCertificate.");
        if (KeyRing.KeyRingCertificate.ProblemOf(this) is { } problem)
            yield return validationContext.Failure(nameof(KeyRingCertificate), $"{problem}. Example: /run/secrets/agentpay.pfx.");
    }
}

/// <summary>Requests a minute, and the largest burst. Far above what people do; the limits stop runaway programs.</summary>
public sealed class RateLimitOptions
{
    /// <summary>
    /// Sign-ins and tokens, by the client's address. A call centre behind one address signs in at the beginning of a shift.
    /// </summary>
    [Range(1, 1_000_000)]
    public int SignInPerMinute { get; init; } = 1200;

    /// <summary>The API, by the identity of the Sync token, which may be one for all agents of a front end.</summary>
    [Range(1, 1_000_000)]
    public int ApiPerMinute { get; init; } = 6000;
}

/// <summary>Object ids of groups whose members have a role, for tenants that send no app roles.</summary>
public sealed class RoleGroupOptions
{
    private const string ObjectIds = "object IDs of groups, such as " + Pattern.SomeGuid;

    [EachMatches(Pattern.Guid, ObjectIds)]
    public IReadOnlyList<string> Agent { get; init; } = [];

    [EachMatches(Pattern.Guid, ObjectIds)]
    public IReadOnlyList<string> Supervisor { get; init; } = [];

    [EachMatches(Pattern.Guid, ObjectIds)]
    public IReadOnlyList<string> Admin { get; init; } = [];
}

[OptionsValidator]
internal sealed partial class AgentPayOptionsValidator : IValidateOptions<AgentPayOptions>;
