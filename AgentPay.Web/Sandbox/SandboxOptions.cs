using System.ComponentModel.DataAnnotations;
using AgentPay.Web.Sandbox.Pay;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox;

/// <summary>The section <c>Sandbox</c>: settings that a Twilio account has in the console. Every key has a working default.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Absolute base of links and callbacks to the sandbox itself. Empty means the address of the request.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The account's phone numbers in E.164, separated by commas. Calls from the SIP domain can use them as caller ID.</summary>
    public string Numbers { get; set; } = "+61280000000,+15005550006";

    /// <summary>Voice URL of the phone numbers: returns TwiML when a customer calls. A path refers to this server.</summary>
    public string InboundUrl { get; set; } = "/sandbox/twiml/inbound";

    /// <summary>Requested if <see cref="InboundUrl"/> fails. Empty means none.</summary>
    public string? InboundFallbackUrl { get; set; }

    /// <summary>Requested after a call to one of the numbers has ended. Empty means none.</summary>
    public string? InboundStatusCallback { get; set; }

    /// <summary>Voice URL of the SIP domain: returns TwiML when the PBX calls out.</summary>
    public string OutboundUrl { get; set; } = "/sandbox/twiml/outbound";

    public string? OutboundFallbackUrl { get; set; }

    public string? OutboundStatusCallback { get; set; }

    /// <summary>The account's SIP domain, which the PBX calls.</summary>
    public string SipDomain { get; set; } = "agentpay.sip.twilio.com";

    /// <summary>The SIP header in which the PBX sends the UUI.</summary>
    public string UuiHeader { get; set; } = "User-to-User";

    /// <summary>Address of the console, for links. A path refers to this server. Empty means that it is unknown.</summary>
    public string? ConsoleUrl { get; set; }

    /// <summary>Seed of the random faults.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>
    /// Path of the certificate (PEM or DER) that is registered on the application in the sandbox's Entra ID. Empty means none.
    /// </summary>
    public string? ClientCertificate { get; set; }

    /// <summary>
    /// Version of the access tokens for the application's API, like <c>requestedAccessTokenVersion</c> in the manifest: 1 or 2.
    /// </summary>
    [Range(1, 2)]
    public int AccessTokenVersion { get; set; } = 2;

    /// <summary>Whether the account records every call from the moment that it is answered.</summary>
    public bool RecordCalls { get; set; }

    /// <summary>Whether tokens contain the groups of a person instead of app roles.</summary>
    public bool GroupClaims { get; set; }

    /// <summary>Pay Connectors besides the built-in ones; one of the same name replaces the built-in one.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<Connector> Connectors { get; init; } = [];

    /// <summary><see cref="ConsoleUrl"/> as a link of a page, without a trailing slash; null when there is none.</summary>
    public string? ConsoleUrlFor(HttpRequest request) => string.IsNullOrWhiteSpace(ConsoleUrl)
        ? null
        : (ConsoleUrl.StartsWith('/') ? request.PathBase + ConsoleUrl : ConsoleUrl).TrimEnd('/');

    /// <summary><see cref="BaseUrl"/>, or the address of the request, without a trailing slash.</summary>
    public string BaseUrlFor(HttpRequest request) =>
        string.IsNullOrEmpty(BaseUrl) ? $"{request.Scheme}://{request.Host}{request.PathBase}" : BaseUrl.TrimEnd('/');
}

[OptionsValidator]
internal sealed partial class SandboxOptionsValidator : IValidateOptions<SandboxOptions>;
