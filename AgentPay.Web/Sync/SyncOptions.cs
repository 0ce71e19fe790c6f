using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>
/// The section <c>Sync</c>: which service holds AgentPay's state, how long objects are kept, and how often they are read.
/// </summary>
public sealed class SyncOptions
{
    public const string Section = "Sync";

    // Sync takes whole seconds, and a year at most. Less than a minute would lose what is still going on.
    private const string ShortestTtl = "00:01:00";
    private const string LongestTtl = "365.00:00:00";

    // One object may be read 20 times a second, by all instances together.
    private const string ShortestPoll = "00:00:00.25";
    private const string LongestPoll = "00:01:00";

    /// <summary>The service to use; missing means that the one named <see cref="ServiceName"/> is found or created.</summary>
    [RegularExpression("IS" + Pattern.Sid, ErrorMessage = "{0} must be IS and 32 hexadecimal digits. Example: IS" + Pattern.SomeSid + ".")]
    public string? ServiceSid { get; set; }

    [MaxLength(64, ErrorMessage = "{0} must have at most {1} characters. Example: AgentAssistedPaySync.")]
    public string ServiceName { get; set; } = "AgentAssistedPaySync";

    /// <summary>How long things are kept while nothing ends them.</summary>
    [Range(typeof(TimeSpan), ShortestTtl, LongestTtl)]
    public TimeSpan ItemTtl { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long they are kept after their end.</summary>
    [Range(typeof(TimeSpan), ShortestTtl, LongestTtl)]
    public TimeSpan EndedTtl { get; set; } = TimeSpan.FromMinutes(15);

    [Range(typeof(TimeSpan), ShortestTtl, LongestTtl)]
    public TimeSpan HistoryTtl { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often something is read in which much happens: it shows what other instances have done.</summary>
    [Range(typeof(TimeSpan), ShortestPoll, LongestPoll)]
    public TimeSpan BusyPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often something is read in which little happens.</summary>
    [Range(typeof(TimeSpan), ShortestPoll, LongestPoll)]
    public TimeSpan IdlePoll { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>After how many failed polls in a row the screens say that updates are delayed.</summary>
    [Range(1, 100)]
    public int DelayedAfter { get; set; } = 3;

    /// <summary>
    /// How long a new service is left unused, so that instances that start together agree on one: a second, as Sync dates services to the
    /// second, and the time that Sync takes to list a new service. Zero for a single instance.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Writes half-typed, masked digits to <c>payMap</c> too, at most twice a second per payment, for front ends that show them. All
    /// payments share the map's rate limit.
    /// </summary>
    public bool MirrorPartials { get; set; }

    /// <summary>
    /// What a Sync token opens. Missing: the maps that front ends work with. True: the payment documents of its own agent. Nothing else in
    /// either case, as the service's access control is switched on. False: it is switched off, and every token reads and changes
    /// everything.
    /// </summary>
    public bool? AclEnabled { get; set; }
}

[OptionsValidator]
internal sealed partial class SyncOptionsValidator : IValidateOptions<SyncOptions>;
