using AgentPay.Web.Sandbox.Voice;
using AgentPay.Web.Sandbox.Webhooks;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Messaging;

// Plays Twilio's Messages API: send and fetch, with status callbacks. twilio.com/docs/messaging/api/message-resource
// The handset with the number of the recipient shows the message. The numbers in Refusals are those of Twilio's test credentials:
// twilio.com/docs/iam/test-credentials
internal sealed class MessagesApi(TextMessages messages, CallbackQueue callbacks, IOptions<SandboxOptions> options, TimeProvider clock)
{
    // The only messaging service of the account.
    public const string Service = "MG00000000000000000000000000000000";

    // A message to this number is accepted and not delivered, because it is a landline (30006).
    public const string Landline = "+15005550010";

    private const string Path = SandboxFeature.TwilioPath + "/2010-04-01/Accounts/{account}/Messages";
    private const int LongestBody = 1600;

    private static readonly Dictionary<string, (int Code, string Message)> Refusals = new()
    {
        ["+15005550001"] = (21211, "The 'To' number is not a valid phone number"),
        ["+15005550002"] = (21612, "The message cannot be routed to the 'To' number"),
        ["+15005550003"] = (21408, "Sending to the region of the 'To' number is not enabled"),
        ["+15005550004"] = (21610, "Attempt to send to an unsubscribed recipient"),
        ["+15005550009"] = (21614, "The 'To' number is not a valid mobile number"),
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Path + ".json", (string account, HttpRequest request, MessagesApi api) => api.SendAsync(account, request));
        app.MapGet(Path + "/{sid}.json", (string account, string sid, MessagesApi api) => api.Fetch(account, sid));
    }

    private async Task<IResult> SendAsync(string account, HttpRequest request)
    {
        if (account != SandboxAccount.Sid) throw NotFound(account, ".json");
        var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
        var message = Read(form);
        messages.Add(message);
        if (form["StatusCallback"].ToString() is { Length: > 0 } url) Report(message, url);
        return Json(message, StatusCodes.Status201Created);
    }

    private TextMessage Read(IFormCollection form)
    {
        var (to, body) = (form["To"].ToString(), form["Body"].ToString());
        if (to.Length == 0) throw new ApiError(400, 21604, "A 'To' phone number is required");
        if (body.Length == 0) throw new ApiError(400, 21602, "Message body is required");
        if (body.Length > LongestBody) throw new ApiError(400, 21617, "The message body exceeds 1600 characters");
        if (!E164Number.IsE164(to)) throw new ApiError(400, 21211, "The 'To' number is not a valid phone number");
        var service = form["MessagingServiceSid"].ToString();
        var from = SenderOf(form["From"].ToString(), service);
        if (Refusals.TryGetValue(to, out var refusal)) throw new ApiError(400, refusal.Code, refusal.Message);
        return new(Sid.New("SM"), from, to, body, clock.GetUtcNow(), service.Length > 0 ? service : null);
    }

    private string SenderOf(string from, string service)
    {
        var own = options.Value.Numbers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (service.Length > 0)
            return service == Service ? own[0] : throw new ApiError(404, 20404, $"The Messaging Service {service} was not found");
        if (from.Length == 0) throw new ApiError(400, 21603, "A 'From' phone number is required");
        if (from.StartsWith('+') && !own.Contains(from))
            throw new ApiError(400, 21659, "The 'From' number is not a phone number of the account");
        return from;
    }

    // Twilio reports each change of the status. The sandbox sends the two that matter.
    private void Report(TextMessage message, string url)
    {
        callbacks.Post(message.Sid, Callback(message, url, "sent"));
        var isLandline = message.To == Landline;
        callbacks.Post(message.Sid, Callback(message, url, isLandline ? "undelivered" : "delivered", isLandline ? "30006" : null));
        if (!isLandline) messages.Deliver(message.Sid);
    }

    private static Webhook Callback(TextMessage message, string url, string status, string? code = null) => new(url,
    [
        new("AccountSid", SandboxAccount.Sid),
        new("ApiVersion", "2010-04-01"),
        new("From", message.From),
        new("To", message.To),
        new("MessageSid", message.Sid),
        new("MessageStatus", status),
        new("SmsSid", message.Sid),
        new("SmsStatus", status),
        .. code is null ? (KeyValuePair<string, string>[])[] : [new("ErrorCode", code)],
    ]);

    private IResult Fetch(string account, string sid) =>
        account == SandboxAccount.Sid && messages.Find(sid) is { } message
            ? Json(message, StatusCodes.Status200OK)
            : throw NotFound(account, $"/{sid}.json");

    private static ApiError NotFound(string account, string suffix) =>
        ApiError.NotFound($"/2010-04-01/Accounts/{account}/Messages{suffix}");

    private static IResult Json(TextMessage message, int status) => Results.Json(
        new
        {
            message.Body,
            NumSegments = "1",
            Direction = "outbound-api",
            message.From,
            message.To,
            DateUpdated = TwilioTime.Rfc2822(message.At),
            Price = (string?)null,
            ErrorMessage = (string?)null,
            Uri = $"/2010-04-01/Accounts/{SandboxAccount.Sid}/Messages/{message.Sid}.json",
            AccountSid = SandboxAccount.Sid,
            NumMedia = "0",
            message.Status,
            message.MessagingServiceSid,
            message.Sid,
            DateSent = (string?)null,
            DateCreated = TwilioTime.Rfc2822(message.At),
            ErrorCode = (int?)null,
            PriceUnit = "USD",
            ApiVersion = "2010-04-01",
            SubresourceUris = new { Media = $"/2010-04-01/Accounts/{SandboxAccount.Sid}/Messages/{message.Sid}/Media.json" },
        },
        SandboxJson.Twilio,
        statusCode: status);
}
