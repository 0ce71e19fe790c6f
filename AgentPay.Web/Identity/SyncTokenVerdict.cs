using System.Diagnostics.CodeAnalysis;

namespace AgentPay.Web.Identity;

/// <summary>The reason why a token is refused.</summary>
public enum SyncTokenRefusal
{
    Missing,
    TooLong,
    Malformed,
    WrongSignature,
    WrongAlgorithm,
    WrongType,
    WrongKey,
    WrongAccount,
    Expired,
    NotYetValid,
    WrongService,
    NoIdentity,
}

/// <summary>The result of a verification: the identity of a valid token, or the reason for the refusal.</summary>
public sealed record SyncTokenVerdict
{
    internal SyncTokenVerdict(string identity) => Identity = identity;

    private SyncTokenVerdict(SyncTokenRefusal refusal) => Refusal = refusal;

    public string? Identity { get; }

    public SyncTokenRefusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsValid => Identity is not null;

    public static implicit operator SyncTokenVerdict(SyncTokenRefusal refusal) => new(refusal);
}
