using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>People, their sessions, tenants and the tokens of other programs.</summary>
internal static class AccountsFeature
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        Json.Add(AccountsJson.Default);
        Json.Add(PrivacyJson.Default);
        var services = builder.Services;
        services.AddSingleton(new PasswordWork());
        services.AddSingleton<Passwords>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<AccountActions>();
        services.AddSingleton<AdminActions>();
        services.AddSingleton<ITailReader, AccountTail>();
        services.AddSingleton<IModerated, ModeratedPeople>();
        services.AddSingleton<IPersonal, AccountPersonal>();
        services.AddSingleton<Exports>();
        services.AddSingleton<ErasureRuns>();
        services.AddSingleton<ErasureActions>();
        services.AddSingleton<ScheduledJob, ErasureJob>();
        services.AddSingleton<ProfileEdits>();
        services.AddSingleton<ProfileReads>();
        services.AddSingleton<ProfileActions>();
        services.AddSingleton<ScheduledJob, Housekeeping>();
        services.AddHostedService<Administrator>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        AccountEndpoints.Map(routes);
        AdminEndpoints.Map(routes);
        UserEndpoints.Map(routes);
        PrivacyEndpoints.Map(routes);
    }
}
