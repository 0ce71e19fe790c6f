using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Text messages: twilio.com/docs/messaging/api/message-resource. Twilio has no idempotency key for messages. After a request without a
/// clear answer (<see cref="TwilioException.IsAmbiguous"/>) the message may have been sent, so it is not retried.
/// </summary>
public sealed class MessagesClient
{
    private readonly TwilioTransport _api;

    internal MessagesClient(TwilioTransport api) => _api = api;

    /// <summary>Returns when Twilio has accepted the message. A callback reports its delivery.</summary>
    /// <exception cref="TwilioException">Twilio refused the message or did not answer.</exception>
    public Task<Message> SendAsync(SendMessage message, CancellationToken cancellation = default) =>
        _api.SendAsync<Message>(client => MessageResource.CreateAsync(OptionsOf(message), client), cancellation);

    private static CreateMessageOptions OptionsOf(SendMessage message) => new(new PhoneNumber(message.To))
    {
        From = message.From is { } from ? new PhoneNumber(from) : null,
        MessagingServiceSid = message.MessagingServiceSid,
        Body = Wire.Required(nameof(message.Body), message.Body),
        // Replaces characters that would make the message more expensive, such as curly quotes.
        SmartEncoded = true,
        StatusCallback = new(message.StatusCallback),
    };
}

/// <summary>A text message to send. It has either <see cref="From"/> or <see cref="MessagingServiceSid"/>.</summary>
public sealed record SendMessage
{
    /// <summary>E.164.</summary>
    public required string To { get; init; }

    /// <summary>A number of the account, a short code or an alphanumeric sender.</summary>
    public string? From { get; init; }

    public string? MessagingServiceSid { get; init; }

    /// <summary>1,600 characters at most.</summary>
    public required string Body { get; init; }

    /// <summary>An absolute URL.</summary>
    public required string StatusCallback { get; init; }
}

/// <summary>A message, as returned by the API.</summary>
public sealed record Message
{
    /// <summary><c>SM</c> or <c>MM</c> and 32 hexadecimal digits.</summary>
    public required string Sid { get; init; }
}
