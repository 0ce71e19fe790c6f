using System.Diagnostics.CodeAnalysis;

namespace AgentPay.Web.Identity;

/// <summary>Why a token is not accepted.</summary>
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

/// <summary>The identity of a valid token, or why it is refused.</summary>
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
