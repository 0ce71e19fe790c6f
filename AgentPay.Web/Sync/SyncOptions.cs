namespace AgentPay.Web.Sync;

/// <summary>The section <c>Sync</c>: which service holds AgentPay's state, how long things live there, and how often they are looked at.</summary>
public sealed class SyncOptions
{
    public const string Section = "Sync";

    private const string DefaultName = "AgentAssistedPaySync";

    /// <summary>The service to use; empty means that the one named <see cref="ServiceName"/> is found or created.</summary>
    public string? ServiceSid { get; set; }

    public string ServiceName { get; set; } = DefaultName;

    /// <summary>How long things are kept while nothing ends them.</summary>
    public TimeSpan ItemTtl { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long they are kept after their end.</summary>
    public TimeSpan EndedTtl { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan HistoryTtl { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often something is read in which much happens: it shows what other instances have done.</summary>
    public TimeSpan BusyPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often something is read in which little happens.</summary>
    public TimeSpan IdlePoll { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>After how many poll intervals without a good poll the screens say that updates are delayed.</summary>
    public int DelayedAfter { get; set; } = 3;

    /// <summary>
    /// How long a new service is left unused, so that instances that start together agree on one: a second, as Sync dates services to the
    /// second, and whatever Sync takes to list one that was just made. Zero for an instance that is alone.
    /// </summary>
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Writes half-typed, masked digits to <c>payMap</c> too, at most twice a second per payment, for front ends that show them. All payments share what one map takes.</summary>
    public bool MirrorPartials { get; set; }

    /// <summary>
    /// What a Sync token opens. Missing: the maps that front ends work with. True: the payment documents of its own agent. Nothing else in either
    /// case, as the service's access control is switched on. False: it is switched off, and whoever has a token can read and change everything.
    /// </summary>
    public bool? AclEnabled { get; set; }

    internal void Sanitise()
    {
        ServiceSid = string.IsNullOrWhiteSpace(ServiceSid) ? null : ServiceSid.Trim();
        ServiceName = string.IsNullOrWhiteSpace(ServiceName) ? DefaultName : ServiceName.Trim();
    }
}
