namespace AgentPay.Web.Sandbox.Sync;

// Stream messages: twilio.com/docs/sync/api/stream-message-resource. The sandbox stores no messages; it only sends their webhook.
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder v1) =>
        v1.MapPost("/Services/{service}/Streams/{object}/Messages", SyncRequest.Handle(Publish));

    private static SyncResponse Publish(SyncRequest request)
    {
        var stream = request.Resource(ObjectKind.Stream, Right.Write);
        var data = request.Form.Data(ObjectKind.Stream) ?? throw ApiError.Missing("Data");
        request.Meter.CountWrite(stream);
        var sid = Sid.New("TZ");
        stream.Service.Webhooks.PublishMessage(stream, sid, data, request.Write());
        return new(StatusCodes.Status201Created, new { Sid = sid, Data = data });
    }
}
