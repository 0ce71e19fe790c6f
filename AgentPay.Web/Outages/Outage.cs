namespace AgentPay.Web.Outages;

/// <summary>A service that AgentPay depends on.</summary>
public enum Dependency
{
    Gateway,
    Twilio,
    Sync,
}

/// <summary>A service that has failed several times in a row, as this instance knows it.</summary>
/// <param name="Connector">The pay connector of a gateway; empty for the other services.</param>
/// <param name="Since">When the first of the failures happened, UTC.</param>
public sealed record Outage(Dependency Service, string Connector, DateTimeOffset Since);

/// <summary>The services that are failing now. Published in a <c>LiveFeed</c> under <see cref="Key"/>.</summary>
/// <param name="Version">Increases with each change. Comparable only within one instance.</param>
public sealed record OutageList(long Version, IReadOnlyList<Outage> All)
{
    public const string Key = "outages";
}
