namespace AgentPay.Web.Sandbox.Sync;

// An entry of a list. Lists are ordered by the key (ordinal).
public interface IListEntry
{
    string Key { get; }

    // False once the entry has expired or been removed; it never becomes true again.
    bool IsLive(DateTimeOffset now);
}
