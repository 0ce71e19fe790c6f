namespace AgentPay.Web.KeyRing;

/// <summary>The key ring as Sync holds it: one document, so that of two instances that make a key at the same time one sees the other's.</summary>
internal sealed record SealedKeys
{
    public IReadOnlyList<SealedKey> Keys { get; init; } = [];
}

/// <param name="Xml">The framework's element of a key, its secret part encrypted.</param>
/// <param name="By">What it was encrypted by: an instance leaves out what it cannot read, as if it were not there.</param>
/// <param name="Expires">UTC.</param>
internal sealed record SealedKey(string Xml, string By, DateTimeOffset Expires);
