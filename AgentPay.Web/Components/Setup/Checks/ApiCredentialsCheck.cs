using AgentPay.Web.Identity;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

internal sealed class ApiCredentialsCheck(CallsClient calls) : ICheck
{
    public string Title(IStringLocalizer<Words> words) => words["Credentials for calls and payments"];

    public async Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
    {
        try
        {
            await calls.ListAsync(pageSize: 1, cancellation: cancellation).FirstOrDefaultAsync(cancellation);
            return Finding.Good(words["Twilio accepts them, and lists the account's calls."]);
        }
        catch (TwilioException failure)
        {
            return Trouble.OfVoice(failure, words);
        }
    }
}
