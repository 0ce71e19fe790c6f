namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Something that stands in a list, at the place that its key gives it.</summary>
public interface IListed
{
    string Key { get; }

    /// <summary>False once it has expired or been removed; it never comes back.</summary>
    bool IsLive(DateTimeOffset now);
}
