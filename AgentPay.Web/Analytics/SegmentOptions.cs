using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Analytics;

/// <summary>The section <c>Segment</c> of the configuration.</summary>
public sealed class SegmentOptions
{
    public const string Section = "Segment";

    private const string DefaultBaseUrl = "https://api.segment.io/v1";

    /// <summary>The key of the source that the events belong to. Missing means that nothing is reported.</summary>
    // The user name of Basic authentication, where a colon would end it.
    [Secret]
    [RegularExpression("[!-9;-~]+", ErrorMessage = "{0} must be the write key of the source: printable ASCII without spaces and colons.")]
    public string? WriteKey { get; set; }

    /// <summary>Without a trailing slash. Workspaces in the EU have another address.</summary>
    [BaseAddress(DefaultBaseUrl)]
    public string BaseUrl { get; set => field = value.TrimEnd('/'); } = DefaultBaseUrl;

    /// <summary>The longest time that an event waits to be sent together with others.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest number of events in a request.</summary>
    [Range(1, SegmentBatch.MostEvents)]
    public int BatchSize { get; set; } = 100;
}

[OptionsValidator]
internal sealed partial class SegmentOptionsValidator : IValidateOptions<SegmentOptions>;
