using System.Net;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>What a request that went wrong means, and which keys to look at.</summary>
internal static class Trouble
{
    private const string VoiceKeys = "Twilio:AccountSid, Twilio:ApiKeySid, Twilio:ApiKeySecret";
    private const string SyncKeys = "Twilio:ApiKeySid, Twilio:ApiKeySecret, Twilio:Sync:*";

    /// <summary>Of the Calls and Payments API.</summary>
    /// <param name="keys">The keys that hold the credentials of the request.</param>
    public static Finding OfVoice(RequestFailure failure, IStringLocalizer<Words> words, string keys = VoiceKeys) => failure.Status switch
    {
        HttpStatusCode.Unauthorized => Finding.Failed(
            words["Twilio does not accept the credentials (401)."], words["Check {0}. A key works only in the region in which it was made (Twilio:Region).", keys]),
        HttpStatusCode.NotFound => Finding.Failed(words["Twilio has no such account at this address (404)."], words["Check {0}.", "Twilio:AccountSid, Twilio:ApiBaseUrl"]),
        _ => Of(failure, words, "Twilio:ApiBaseUrl, Twilio:Region, Twilio:Edge"),
    };

    /// <summary>Of Sync.</summary>
    public static Finding OfSync(RequestFailure failure, IStringLocalizer<Words> words) => failure switch
    {
        { NotReady: { } problem } => OfNotReady(problem, words),
        { Status: HttpStatusCode.Unauthorized } => Finding.Failed(
            words["Sync does not accept the API key (401)."], words["Check {0}. The key must be of region us1: Sync exists there only.", SyncKeys]),
        { Status: HttpStatusCode.NotFound } => Finding.Failed(words["Sync has no such service (404)."], words["Check {0}, or press Provision above.", "Sync:ServiceSid"]),
        _ => Of(failure, words, "Twilio:SyncBaseUrl"),
    };

    /// <summary>Of Sync before it has been set up.</summary>
    public static Finding OfNotReady(string problem, IStringLocalizer<Words> words) =>
        Finding.Failed(problem + ".", words["Check {0}, or press Provision above.", SyncKeys + ", Sync:ServiceSid"]);

    /// <summary>Of a request that nobody answered.</summary>
    /// <param name="keys">The keys that hold the address.</param>
    public static (string Said, string ToDo) OfConnection(Exception? failure, string keys, IStringLocalizer<Words> words) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (words["The name of the server cannot be resolved (DNS)."], words["Check {0}, and this machine's DNS.", keys]),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (words["No secure connection comes about (TLS)."], words["Check {0}, the certificate there, and proxies between.", keys]),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => (words["There is no connection to the server."], words["Check {0}, and the firewall for outgoing connections.", keys]),
        _ => (words["There was no answer in time, or none that can be understood."], words["Check {0}, and proxies and firewalls between. Then try again.", keys]),
    };

    private static Finding Of(RequestFailure failure, IStringLocalizer<Words> words, string address)
    {
        if (failure is { Status: null })
        {
            var (said, toDo) = OfConnection(failure.Connection, address, words);
            return Finding.Failed(said, toDo);
        }
        var status = (int)failure.Status;
        return failure switch
        {
            { Status: HttpStatusCode.Forbidden } => Finding.Failed(
                words["Twilio knows the credentials, but does not let them do this (403)."], words["Use a standard API key, not a restricted one, and see in Twilio's console whether the account is suspended."]),
            { Status: HttpStatusCode.TooManyRequests } => Finding.Warning(words["Twilio is being asked too often just now (429)."], words["Wait a minute, and try again."]),
            { Status: >= HttpStatusCode.InternalServerError } => Finding.Failed(words["Twilio is out of order (status {0}).", status], words["See status.twilio.com, and try again."]),
            _ => Finding.Failed(words["Twilio answered in a way that is not expected (status {0}, code {1}).", status, failure.Code ?? 0], words["Check {0}.", address]),
        };
    }
}
