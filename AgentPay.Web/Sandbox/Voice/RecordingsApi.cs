namespace AgentPay.Web.Sandbox.Voice;

// Plays Twilio's API for the recordings of a call: start, fetch and update. twilio.com/docs/voice/api/recording
internal sealed class RecordingsApi(Legs legs)
{
    private const string Path = SandboxFeature.TwilioPath + "/2010-04-01/Accounts/{account}/Calls/{call}/Recordings";
    private const string Current = "Twilio.CURRENT";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Path + ".json", (string account, string call, RecordingsApi recordings) => recordings.Start(account, call));
        app.MapGet(Path + "/{sid}.json", (string account, string call, string sid, RecordingsApi recordings) =>
            recordings.Fetch(account, call, sid));
        app.MapPost(Path + "/{sid}.json", (string account, string call, string sid, HttpRequest request, RecordingsApi recordings) =>
            recordings.UpdateAsync(account, call, sid, request));
    }

    private IResult Start(string account, string call)
    {
        var leg = Find(account, call);
        if (!leg.IsInProgress) throw new ApiError(400, 21220, "The call is not in progress, so it cannot be recorded");
        if (leg.Recording is { IsRunning: true }) throw new ApiError(400, 20001, "The call is recorded already");
        return Json(leg, leg.Record(), StatusCodes.Status201Created);
    }

    private IResult Fetch(string account, string call, string sid)
    {
        var leg = Find(account, call);
        return Json(leg, Find(leg, sid), StatusCodes.Status200OK);
    }

    private async Task<IResult> UpdateAsync(string account, string call, string sid, HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
        var (leg, status) = (Find(account, call), form["Status"].ToString());
        var recording = Find(leg, sid);
        if (status is not (CallRecording.InProgress or CallRecording.Paused or CallRecording.Stopped))
            throw new ApiError(400, 20001, "Status must be in-progress, paused or stopped");
        if (form["PauseBehavior"].ToString() is not ("" or "silence" or "skip"))
            throw new ApiError(400, 20001, "PauseBehavior must be silence or skip");
        if (!recording.IsRunning) throw new ApiError(400, 21220, "The recording has ended");
        leg.ChangeRecording(status);
        return Json(leg, recording, StatusCodes.Status200OK);
    }

    private Leg Find(string account, string call) =>
        account == SandboxAccount.Sid && legs.Find(call) is { } leg ? leg : throw Unknown(account, call, ".json");

    private static CallRecording Find(Leg leg, string sid)
    {
        var isMatch = leg.Recording is { } recording && (sid == Current ? recording.IsRunning : sid == recording.Sid);
        return isMatch ? leg.Recording! : throw Unknown(SandboxAccount.Sid, leg.Sid, $"/{sid}.json");
    }

    private static ApiError Unknown(string account, string call, string suffix) =>
        ApiError.NotFound($"/2010-04-01/Accounts/{account}/Calls/{call}/Recordings{suffix}");

    private static IResult Json(Leg leg, CallRecording recording, int status) => Results.Json(
        new
        {
            recording.Sid,
            AccountSid = SandboxAccount.Sid,
            CallSid = leg.Sid,
            ConferenceSid = (string?)null,
            recording.Status,
            Channels = 1,
            Source = "StartCallRecordingAPI",
            Track = "both",
            StartTime = TwilioTime.Rfc2822(recording.StartedAt),
            DateCreated = TwilioTime.Rfc2822(recording.StartedAt),
            DateUpdated = TwilioTime.Rfc2822(recording.StartedAt),
            Duration = (string?)null,
            Price = (string?)null,
            PriceUnit = "USD",
            ErrorCode = (int?)null,
            EncryptionDetails = (object?)null,
            ApiVersion = "2010-04-01",
            Uri = $"/2010-04-01/Accounts/{SandboxAccount.Sid}/Calls/{leg.Sid}/Recordings/{recording.Sid}.json",
        },
        SandboxJson.Twilio,
        statusCode: status);
}
