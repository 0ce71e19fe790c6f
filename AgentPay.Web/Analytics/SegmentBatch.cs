using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.Analytics;

/// <summary>The events of one request to Segment. Segment's limits are 32 KB per event and 500 KB per request.</summary>
internal sealed class SegmentBatch(int size)
{
    public const int MostEvents = 100;

    // Segment does not say whether 1 KB is 1000 or 1024 bytes, so the smaller is used. 1000 bytes are left for the rest of the request.
    public const int LargestEvent = 32_000;
    public const int LargestBatch = 500_000 - 1_000;

    private readonly List<TrackEvent> _events = [];
    private int _bytes;

    public int Count => _events.Count;

    /// <summary>Whether an event of the maximum size would no longer fit.</summary>
    public bool IsFull => Count == size || _bytes + LargestEvent >= LargestBatch;

    /// <summary>Returns false if the event is larger than Segment allows.</summary>
    public bool TryAdd(TrackEvent track)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(track, SegmentJson.Default.TrackEvent).Length;
        if (bytes > LargestEvent) return false;
        _events.Add(track);
        _bytes += bytes + ",".Length;
        return true;
    }

    /// <summary>The body of the request, UTF-8.</summary>
    public byte[] ToJson(DateTimeOffset sentAt) =>
        JsonSerializer.SerializeToUtf8Bytes(new(_events, sentAt.UtcDateTime), SegmentJson.Default.SegmentRequest);
}

/// <param name="SentAt">The time of this attempt, UTC. Segment uses it to correct the timestamps of the events for clock skew.</param>
internal sealed record SegmentRequest(IReadOnlyList<TrackEvent> Batch, DateTime SentAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SegmentRequest))]
internal sealed partial class SegmentJson : JsonSerializerContext;
