namespace AgentPay.Web.Sync;

/// <summary>One thing that is polled. Times count from the poller's start.</summary>
internal sealed class PollKey(object key, TimeSpan added)
{
    public object Key => key;

    /// <summary>Null when it is not wanted any more.</summary>
    public TimeSpan? Interval { get; set; }

    public TimeSpan? Began { get; set; }

    /// <summary>The poll that is under way.</summary>
    public Task? Running { get; set; }

    public int Failures { get; set; }

    public TimeSpan NotBefore { get; set; }

    /// <summary>Null when it is not wanted, or being polled.</summary>
    public TimeSpan? Due
    {
        get
        {
            if (Interval is not { } interval || Running is not null) return null;
            var next = Began + interval ?? added;
            return next > NotBefore ? next : NotBefore;
        }
    }
}
