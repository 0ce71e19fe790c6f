using System.Net;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

/// <summary>Explains a failed request and names the keys to check.</summary>
internal static class RequestProblem
{
    private const string VoiceKeys = "Twilio:AccountSid, Twilio:ApiKeySid, Twilio:ApiKeySecret";
    private const string SyncKeys = "Twilio:ApiKeySid, Twilio:ApiKeySecret, Twilio:Sync:*";

    /// <summary>Explains a failed request to the Calls or Payments API.</summary>
    /// <param name="keys">The keys that hold the credentials of the request.</param>
    public static Finding ForVoice(RequestFailure failure, IStringLocalizer<Words> words, string keys = VoiceKeys) => failure.Status switch
    {
        HttpStatusCode.Unauthorized => Finding.Failed(
            words["Twilio does not accept the credentials (401)."],
            words["Check {0}. A key works only in the region in which it was created (Twilio:Region).", keys]),
        HttpStatusCode.NotFound => Finding.Failed(
            words["Twilio has no such account at this address (404)."], words["Check {0}.", "Twilio:AccountSid, Twilio:ApiBaseUrl"]),
        _ => ForAnyApi(failure, words, "Twilio:ApiBaseUrl, Twilio:Region, Twilio:Edge"),
    };

    /// <summary>Explains a failed request to Sync.</summary>
    public static Finding ForSync(RequestFailure failure, IStringLocalizer<Words> words) => failure switch
    {
        { NotReady: { } problem } => ForSyncNotReady(problem, words),
        { Status: HttpStatusCode.Unauthorized } => Finding.Failed(
            words["Sync does not accept the API key (401)."],
            words["Check {0}. The key must be of region us1: Sync exists there only.", SyncKeys]),
        { Status: HttpStatusCode.NotFound } => Finding.Failed(
            words["Sync has no such service (404)."], words["Check {0}, or press Provision above.", "Sync:ServiceSid"]),
        _ => ForAnyApi(failure, words, "Twilio:SyncBaseUrl"),
    };

    /// <summary>Explains a request that was not sent because Sync has not been set up.</summary>
    public static Finding ForSyncNotReady(string problem, IStringLocalizer<Words> words) =>
        Finding.Failed(problem + ".", words["Check {0}, or press Provision above.", SyncKeys + ", Sync:ServiceSid"]);

    /// <summary>Explains a request without a response.</summary>
    /// <param name="keys">The keys that hold the address.</param>
    public static Finding ForConnection(Exception? failure, string keys, IStringLocalizer<Words> words) =>
        (failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => Finding.Failed(
                words["The name of the server cannot be resolved (DNS)."], words["Check {0}, and this machine's DNS.", keys]),
            HttpRequestError.SecureConnectionError => Finding.Failed(
                words["A secure connection could not be established (TLS)."],
                words["Check {0}, the server's certificate, and proxies.", keys]),
            HttpRequestError.ConnectionError => Finding.Failed(
                words["There is no connection to the server."], words["Check {0}, and the firewall for outgoing connections.", keys]),
            _ => Finding.Failed(
                words["There was no valid answer in time."], words["Check {0}, proxies and firewalls. Then try again.", keys]),
        };

    private static Finding ForAnyApi(RequestFailure failure, IStringLocalizer<Words> words, string address) => failure.Status switch
    {
        null => ForConnection(failure.Connection, address, words),
        HttpStatusCode.Forbidden => Finding.Failed(
            words["Twilio does not allow this request with these credentials (403)."],
            words["Use a standard API key, not a restricted one. Check in Twilio's console whether the account is suspended."]),
        HttpStatusCode.TooManyRequests => Finding.Warning(
            words["Twilio receives too many requests (429)."], words["Wait a minute, then try again."]),
        >= HttpStatusCode.InternalServerError and var status => Finding.Failed(
            words["Twilio has a problem (status {0}).", (int)status], words["See status.twilio.com, then try again."]),
        var status => Finding.Failed(
            words["Twilio's answer was not expected (status {0}, code {1}).", (int)status, failure.Code ?? 0],
            words["Check {0}.", address]),
    };
}
