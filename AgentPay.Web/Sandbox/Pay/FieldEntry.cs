namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// The digits of one field during the entry. The entry ends when it <see cref="IsFull"/>, at #, or at the timeout between keys.
/// Then <see cref="Validate"/> validates it.
/// </summary>
public abstract class FieldEntry
{
    public string Digits { get; private set; } = "";

    public abstract bool IsFull { get; }

    // The minimum number of digits.
    public abstract int MinLength { get; }

    /// <summary>With fewer digits than the minimum, a timeout counts as an abandoned entry instead of an invalid one.</summary>
    public bool IsTooShort => Digits.Length < MinLength;

    /// <summary>The masked digits in callbacks during the entry.</summary>
    public virtual string MaskedInput => Digits;

    /// <summary>The masked value in callbacks after the entry.</summary>
    public virtual string MaskedValue => Digits;

    public void Add(char digit) => Digits += digit;

    /// <summary>Returns the <c>ErrorType</c> of the digits, or null if they are valid.</summary>
    public abstract string? Validate();
}
