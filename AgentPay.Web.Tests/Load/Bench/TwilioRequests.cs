using System.Globalization;
using System.Net;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Builds signed webhooks with the parameters that Twilio sends.</summary>
internal static class TwilioRequests
{
    private static long _calls;

    /// <summary>The webhook of a new inbound call.</summary>
    public static byte[] InboundCall(string url) => Signed(url, "/inboundHandler", Call(NewCall()));

    public static string NewCall() => $"CA{Interlocked.Increment(ref _calls):x32}";

    public static (string Name, string Value)[] Call(string call) =>
    [
        ("AccountSid", SandboxApp.AccountSid), ("ApiVersion", "2010-04-01"), ("CallSid", call), ("CallStatus", "ringing"),
        ("Called", "+61280000000"), ("CalledCity", ""), ("CalledCountry", "AU"), ("CalledState", "Sydney"), ("CalledZip", ""),
        ("Caller", "+61491570156"), ("CallerCity", ""), ("CallerCountry", "AU"), ("CallerState", ""), ("CallerZip", ""),
        ("CallToken", $$"""{"parentCallInfoToken":"{{call[2..]}}","identityHeaderTokens":[]}"""), ("Direction", "inbound"),
        ("From", "+61491570156"), ("FromCity", ""), ("FromCountry", "AU"), ("FromState", ""), ("FromZip", ""),
        ("To", "+61280000000"), ("ToCity", ""), ("ToCountry", "AU"), ("ToState", "Sydney"), ("ToZip", ""),
        ("StirVerstat", "No-TN-Validation"),
    ];

    public static byte[] Signed(string url, string target, (string Name, string Value)[] fields)
    {
        var form = fields.Select(field => KeyValuePair.Create(field.Name, new StringValues(field.Value)));
        var signature = RequestSignature.Sign(url + target, form, SandboxApp.AuthToken);
        var body = string.Join('&', fields.Select(field => $"{field.Name}={WebUtility.UrlEncode(field.Value)}"));
        return HttpLoad.Post(url, target, signature, Guid.NewGuid().ToString(), body);
    }
}

/// <summary>
/// A payment whose caller enters card number, expiration date and security code, again and again. Of 27 callbacks, 23 report a key and
/// three a captured field; the last asks for all fields again.
/// </summary>
internal sealed class TypingCaller
{
    private const string Masks = "xxxxxxxxxxxxxxxx";

    private static readonly (string Name, string Field, int Digits)[] Fields =
    [
        ("payment-card-number", "PaymentCardNumber", 16), ("expiration-date", "ExpirationDate", 4), ("security-code", "SecurityCode", 3),
    ];

    private static int _payments;

    private readonly string _payment;
    private DateTimeOffset _sentAt = DateTimeOffset.UtcNow;
    private int _field;
    private int _digits;

    /// <summary>A payment that <see cref="AddTo"/> stores.</summary>
    public TypingCaller()
        : this(TwilioRequests.NewCall(), PaymentId.New(DateTimeOffset.UtcNow), $"PK{Interlocked.Increment(ref _payments) + 0x10000000:x32}")
    {
    }

    /// <summary>A payment that was started.</summary>
    public TypingCaller(string call, PaymentId id, string payment) => (Call, Id, _payment) = (call, id, payment);

    public string Call { get; }

    public PaymentId Id { get; }

    /// <summary>Stores the payment in Sync as one that waits for its first key.</summary>
    public void AddTo(StubTwilio twilio)
    {
        var now = DateTimeOffset.UtcNow;
        var session = APayment.Capturing() with
        {
            Id = Id,
            Call = CallSid.Parse(Call),
            Payment = PaymentSid.Parse(_payment),
            StartedAt = now,
            PhaseSince = now,
        };
        twilio.Documents.Add(PaymentStore.NameOf(Id), JsonSerializer.Serialize(session, SyncJson.Options));
    }

    public byte[] NextCallback(string url) => TwilioRequests.Signed(url, $"/paySyncUpdate?payment={Id}", Next());

    /// <summary>The next callback that reports a key of the card number. After sixteen keys, the first follows again.</summary>
    public byte[] NextDigit(string url)
    {
        _digits = (_digits % Fields[0].Digits) + 1;
        var digits = Callback(Fields[0].Name, [("PartialResult", "true"), (Fields[0].Field, Masks[.._digits])], required: 0);
        return TwilioRequests.Signed(url, $"/paySyncUpdate?payment={Id}", digits);
    }

    private (string Name, string Value)[] Next()
    {
        if (_field == Fields.Length)
        {
            _field = 0;
            return Callback(Fields[0].Name, [], required: 0);
        }
        var (name, field, digits) = Fields[_field];
        if (_digits < digits) return Callback(name, [("PartialResult", "true"), (field, Masks[..++_digits])], _field);
        (_digits, _field) = (0, _field + 1);
        return Callback(_field < Fields.Length ? Fields[_field].Name : name, [(field, Masks[..(digits - 1)] + "1")], _field);
    }

    /// <param name="required">The first of the fields that are still required.</param>
    private (string Name, string Value)[] Callback(string capture, (string Name, string Value)[] values, int required)
    {
        // Twilio's times have milliseconds, and each callback has a later one.
        var now = DateTimeOffset.UtcNow;
        _sentAt = now > _sentAt.AddMilliseconds(1) ? now : _sentAt.AddMilliseconds(1);
        return
        [
            ("AccountSid", SandboxApp.AccountSid), ("CallSid", Call), ("Sid", _payment), ("PaymentMethod", "credit-card"),
            ("Capture", capture), .. values, ("PaymentCardType", "visa"),
            ("Required", string.Join(',', Fields.Skip(required).Select(field => field.Name))),
            ("DateUpdated", _sentAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        ];
    }
}
