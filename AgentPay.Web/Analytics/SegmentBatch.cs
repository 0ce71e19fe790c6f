using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.Analytics;

/// <summary>Events that travel together, within Segment's limits: 32 KB an event, 500 KB a request.</summary>
internal sealed class SegmentBatch(int size)
{
    public const int MostEvents = 100;

    // Thousands and not 1024s, which is right whichever Segment counts in; less what the request has around its events.
    public const int LargestEvent = 32_000;
    public const int LargestBatch = 500_000 - 1_000;

    private readonly List<TrackEvent> _events = [];
    private int _bytes;

    public int Count => _events.Count;

    /// <summary>Whether there may be no room for another event, however large it is.</summary>
    public bool IsFull => Count == size || _bytes + LargestEvent >= LargestBatch;

    /// <summary>False for an event that Segment would not take in any batch.</summary>
    public bool TryAdd(TrackEvent track)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(track, SegmentJson.Default.TrackEvent).Length;
        if (bytes > LargestEvent) return false;
        _events.Add(track);
        _bytes += bytes + ",".Length;
        return true;
    }

    /// <summary>The body of the request, UTF-8.</summary>
    public byte[] ToJson(DateTimeOffset sentAt) => JsonSerializer.SerializeToUtf8Bytes(new(_events, sentAt.UtcDateTime), SegmentJson.Default.SegmentRequest);
}

/// <param name="SentAt">When this try is made: Segment corrects the clocks of the events by it.</param>
internal sealed record SegmentRequest(IReadOnlyList<TrackEvent> Batch, DateTime SentAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SegmentRequest))]
internal sealed partial class SegmentJson : JsonSerializerContext;
