using System.ComponentModel.DataAnnotations;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>A way of taking payments: a pay connector and the fields that the caller enters.</summary>
public sealed class PaymentProfile : IValidatableObject
{
    [Required(ErrorMessage = "{0} is missing. Example: Shop.")]
    public string Name { get; set; } = "Default";

    /// <summary>The unique name of the pay connector in Twilio's console.</summary>
    [Required(ErrorMessage = "{0} is missing. Example: Default.")]
    public string Connector { get; set; } = "Default";

    /// <summary>ISO 4217.</summary>
    [Required(ErrorMessage = "{0} is missing. Example: USD.")]
    [RegularExpression("[A-Za-z]{3}", ErrorMessage = "{0} must be three letters. Example: USD.")]
    public string Currency { get; set; } = "USD";

    /// <summary>The token type when no amount is charged.</summary>
    public TokenType TokenType { get; set; } = TokenType.Reusable;

    public PaymentMethod PaymentMethod { get; set; } = PaymentMethod.CreditCard;

    public BankAccountType? BankAccountType { get; set; }

    /// <summary>
    /// Twilio's field names, separated by commas, in the order in which they are asked; empty means the usual order of the payment method.
    /// </summary>
    public string CaptureOrder { get; set; } = "";

    /// <summary>Twilio's card types, separated by spaces; empty means Twilio's default.</summary>
    public string ValidCardTypes { get; set; } = "";

    /// <summary>The longest pause between two keys if the profile sets none: Twilio's default.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two keys; null means <see cref="DefaultTimeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The longest pause between two keys in slow-keying mode. Never shorter than <see cref="Timeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SlowTimeout { get; set; } = TimeSpan.FromSeconds(20);

    [Range(1, 10)]
    public int? MinPostalCodeLength { get; set; }

    /// <summary>Twilio's names of the fields that must be entered twice, separated by commas.</summary>
    public string RequireMatchingInputs { get; set; } = "";

    /// <summary>Whether the caller confirms the last four digits with a key.</summary>
    public bool Confirmation { get; set; }

    /// <summary>Whether the recording of the call is paused while a payment runs, and what happens if that fails.</summary>
    public RecordingPause PauseRecording { get; set; }

    /// <summary>
    /// The largest amount by currency code, in major units. Without entries there is no limit. With entries, other currencies are refused.
    /// In the configuration, a plain number (<c>MaxAmount=500</c>) is the limit of <see cref="Currency"/>.
    /// </summary>
    public Dictionary<string, decimal> MaxAmount { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often the server asks for a field. After that, the agent must ask.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 1;

    /// <summary>
    /// Outputs of the pay connector after which nothing was paid although Twilio reports success. Written as <c>name=value</c>, separated
    /// by commas: <c>payment_status=DECLINED,payment_status=VOIDED</c>. A status of DECLINED, FAILED or ERROR that is not listed makes
    /// the result unknown.
    /// </summary>
    public string NotPaid { get; set; } = "";

    /// <summary>
    /// The text of receipts, with the placeholders of <see cref="ReceiptText.Placeholders"/>. Receipts are sent only if
    /// <see cref="PaymentsOptions.Receipts"/> has a sender.
    /// </summary>
    [Required(ErrorMessage = "{0} is missing. Example: " + ReceiptText.Default)]
    [MaxLength(ReceiptText.LongestTemplate, ErrorMessage = "{0} must have {1} characters at most.")]
    public string ReceiptTemplate { get; set; } = ReceiptText.Default;

    /// <summary>
    /// The address of a payment at the gateway, with the placeholders of <see cref="RecordLink.Placeholders"/>; empty means that screens
    /// show no link.
    /// </summary>
    public string RecordUrl { get; set; } = "";

    /// <summary>Parameters that are passed to the gateway.</summary>
    public Dictionary<string, string> Parameters { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ProfileRules.Problems(this).Select(problem => validationContext.Failure(problem.Property, problem.Words));

    public override string ToString() => Name;

    /// <summary>The pause between two keys to request from Twilio; null means its default.</summary>
    internal TimeSpan? TimeoutFor(bool isSlow)
    {
        if (!isSlow) return Timeout;
        var usual = Timeout ?? DefaultTimeout;
        return SlowTimeout > usual ? SlowTimeout : usual;
    }

    /// <summary>
    /// Stores the plain number as the limit of <see cref="Currency"/>. If the currency has its own limit, the plain number is kept, and the
    /// validation refuses it.
    /// </summary>
    internal void ReadPlainLimit()
    {
        if (MaxAmount.TryGetValue("", out var limit) && MaxAmount.TryAdd(Currency, limit)) MaxAmount.Remove("");
    }
}
