using System.ComponentModel.DataAnnotations;
using AgentPay.Web.Sandbox.Pay;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox;

/// <summary>The section <c>Sandbox</c>: what a Twilio account would have set in the console. Every key has a default that works.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Absolute base of the links and callbacks that the sandbox makes of its own address; empty means the listening address.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The account's phone numbers in E.164, separated by commas: the caller ids that calls from the SIP domain may use.</summary>
    public string Numbers { get; set; } = "+61280000000,+15005550006";

    /// <summary>Voice URL of the phone numbers, asked for TwiML when a customer calls in. A path is on this server itself.</summary>
    public string InboundUrl { get; set; } = "/sandbox/twiml/inbound";

    /// <summary>Asked when <see cref="InboundUrl"/> fails; empty means none.</summary>
    public string? InboundFallbackUrl { get; set; }

    /// <summary>Told when a call to one of the numbers has ended; empty means nobody is.</summary>
    public string? InboundStatusCallback { get; set; }

    /// <summary>Voice URL of the SIP domain, asked for TwiML when the PBX calls out.</summary>
    public string OutboundUrl { get; set; } = "/sandbox/twiml/outbound";

    public string? OutboundFallbackUrl { get; set; }

    public string? OutboundStatusCallback { get; set; }

    /// <summary>The account's SIP domain, over which the PBX calls out.</summary>
    public string SipDomain { get; set; } = "agentpay.sip.twilio.com";

    /// <summary>SIP header in which the PBX sends the UUI.</summary>
    public string UuiHeader { get; set; } = "User-to-User";

    /// <summary>Where the console is, for links to it; a path is on this server itself. Empty means that the sandbox does not know.</summary>
    public string? ConsoleUrl { get; set; }

    /// <summary>Seed of everything random: SIDs apart, the faults and the order they come in.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Path of the certificate (PEM or DER) that is registered on the application in the sandbox's Entra; empty means none.</summary>
    public string? ClientCertificate { get; set; }

    /// <summary>Version of the access tokens for the application's API, as <c>requestedAccessTokenVersion</c> in the manifest: 1 or 2.</summary>
    [Range(1, 2)]
    public int AccessTokenVersion { get; set; } = 2;

    /// <summary>Tokens carry the groups of a person instead of app roles.</summary>
    public bool GroupClaims { get; set; }

    /// <summary>Pay Connectors besides the built-in ones; one of the same name replaces the built-in one.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<Connector> Connectors { get; init; } = [];

    /// <summary><see cref="ConsoleUrl"/> as a link of a page, without a trailing slash; null when there is none.</summary>
    public string? ConsoleUrlFor(HttpRequest request) => string.IsNullOrWhiteSpace(ConsoleUrl)
        ? null
        : (ConsoleUrl.StartsWith('/') ? request.PathBase + ConsoleUrl : ConsoleUrl).TrimEnd('/');

    /// <summary><see cref="BaseUrl"/>, or the address that a request came to; without a trailing slash.</summary>
    public string BaseUrlFor(HttpRequest request) =>
        string.IsNullOrEmpty(BaseUrl) ? $"{request.Scheme}://{request.Host}{request.PathBase}" : BaseUrl.TrimEnd('/');
}

[OptionsValidator]
internal sealed partial class SandboxOptionsValidator : IValidateOptions<SandboxOptions>;
