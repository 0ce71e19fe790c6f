using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

/// <summary>Checks one precondition of calls and payments, without an effect that other people can see.</summary>
public interface ICheck
{
    /// <summary>What is checked, for the screen.</summary>
    string Title(IStringLocalizer<Words> words);

    /// <param name="admin">The administrator who runs the self-test.</param>
    Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation);
}
