namespace AgentPay.Web.TwilioApi;

/// <summary>A step of a running payment session.</summary>
public sealed record UpdatePayment
{
    /// <inheritdoc cref="CreatePayment.IdempotencyKey"/>
    public required string IdempotencyKey { get; init; }

    /// <inheritdoc cref="CreatePayment.StatusCallback"/>
    public required string StatusCallback { get; init; }

    public required PaymentStep Step { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Require("IdempotencyKey", IdempotencyKey);
        form.Require("StatusCallback", StatusCallback);
        Step.AddTo(form);
        return form;
    }
}
