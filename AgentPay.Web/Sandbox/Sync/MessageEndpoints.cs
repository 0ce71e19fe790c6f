namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Stream messages: twilio.com/docs/sync/api/stream-message-resource. Nothing is kept of them; webhooks are all that hears them here.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder v1) =>
        v1.MapPost("/Services/{service}/Streams/{object}/Messages", SyncCall.Handle(Publish));

    private static SyncAnswer Publish(SyncCall call)
    {
        var stream = call.Resource(ObjectKind.Stream, Right.Write);
        var data = call.Form.Data(ObjectKind.Stream) ?? throw Refusal.Missing("Data");
        call.Meter.Write(stream);
        var sid = Sid.New("TZ");
        stream.Service.Webhooks.PublishMessage(stream, sid, data, call.Write());
        return new(StatusCodes.Status201Created, new { Sid = sid, Data = data });
    }
}
