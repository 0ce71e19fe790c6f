using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Components.Payments;

/// <summary>What the agent asks of the payment panel by a button. A closed set.</summary>
public abstract record PaymentWish
{
    private PaymentWish()
    {
    }

    /// <summary>A payment of what stands in the form.</summary>
    public sealed record Start : PaymentWish;

    public sealed record Ask(CaptureField Field) : PaymentWish;

    /// <summary>Take the payment, or save the card.</summary>
    public sealed record Submit : PaymentWish;

    public sealed record Cancel : PaymentWish;

    /// <summary>The same payment once more.</summary>
    public sealed record TryAgain : PaymentWish;

    /// <summary>Back to the form, with what was in it.</summary>
    public sealed record Change : PaymentWish;

    /// <summary>Back to the form, empty.</summary>
    public sealed record Anew : PaymentWish;

    /// <summary>Look once more for an outcome that is not known.</summary>
    public sealed record Check : PaymentWish;

    public sealed record TakeOver : PaymentWish;
}
