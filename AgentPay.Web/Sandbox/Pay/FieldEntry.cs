namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// The digits of one field while they are keyed in. It ends by itself when it <see cref="IsFull"/>, by #, or when the caller pauses for too long;
/// then <see cref="Problem"/> judges it.
/// </summary>
public abstract class FieldEntry
{
    public string Digits { get; private set; } = "";

    public abstract bool IsFull { get; }

    /// <summary>How many digits the shortest value of the field has.</summary>
    public abstract int Shortest { get; }

    /// <summary>A caller who stops here has given up typing rather than mistyped.</summary>
    public bool IsTooShort => Digits.Length < Shortest;

    /// <summary>What callbacks show while the caller types.</summary>
    public virtual string Typing => Digits;

    /// <summary>What callbacks show of the whole value.</summary>
    public virtual string Shown => Digits;

    public void Add(char digit) => Digits += digit;

    /// <summary>The <c>ErrorType</c> of what has been typed; null when it is a good value.</summary>
    public abstract string? Problem();
}
